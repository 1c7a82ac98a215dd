//! What the OpenAPI document shows as examples.

use serde_json::{Value, json};

/// A person.
pub(super) fn employee() -> Value {
    json!({
        "id": "7", "surname": "Иванов", "name": "Иван", "patronymic": "Петрович", "full_name": "Иванов Иван Петрович",
        "email": "ivanov.ip@sever-tech.example",
        "phones": [{ "number": "+74957802000", "ext": "1234", "kind": "landline", "display": "+7 (495) 780-20-00" }],
        "ips": ["10.16.5.7"], "workstation": "MSK-WS-01234", "position": "Бухгалтер", "department": "Бухгалтерия",
        "unit": "Касса", "room": "Б-214", "hired": "2015-02-01", "note": null, "state": "active", "version": 3,
        "updated_at": "2026-11-20T10:00:00Z",
        "matches": [{ "field": "surname", "ranges": [[0, 6]] }]
    })
}

/// Somebody to be entered.
pub(super) fn draft() -> Value {
    json!({
        "surname": "Иванов", "name": "Иван", "patronymic": "Петрович", "email": "ivanov.ip@sever-tech.example",
        "phones": [{ "number": "8 495 780-20-00 доб. 1234" }, { "ext": "1234" }], "ips": ["10.16.5.7"],
        "workstation": "msk-ws-01234", "position": "Бухгалтер", "department": "Бухгалтерия", "unit": "Касса",
        "room": "каб. Б-214", "hired": "2015-02-01"
    })
}

/// A one-time address.
pub(super) fn download(file_name: &str) -> Value {
    json!({ "url": "https://vakhta.example/api/v1/downloads/5mR0…", "file_name": file_name })
}

/// A server.
pub(super) fn server() -> Value {
    json!({
        "id": "7", "name": "db-02", "address": "10.16.0.9", "group": "Базы данных", "state": "up",
        "since": "2026-11-20T10:00:00Z", "responsible_id": "12", "parent_id": "3", "parent_name": "sw-core-01",
        "children": 0, "tags": ["критично"], "notes": null, "runbook_url": "https://wiki.example/db-02", "paused": false,
        "warnings": ["address_is_private"], "incident": null, "version": 3, "monitors": []
    })
}

/// A server to be entered.
pub(super) fn server_draft() -> Value {
    json!({
        "name": "db-02", "address": "10.16.0.9", "group": "Базы данных", "tags": ["критично"],
        "monitors": [{ "kind": "ping" }, { "kind": "tcp", "target": ":5432", "interval_s": 30 }]
    })
}

/// A planned window.
pub(super) fn maintenance() -> Value {
    json!({
        "title": "Обновление ядра", "groups": ["Базы данных"],
        "schedule": { "kind": "weekly", "days": [7], "at": "03:00", "minutes": 60 }
    })
}
