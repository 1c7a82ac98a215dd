//! What servers the invented company has, and where its branches are.

use crate::fleet::fault::Kind::{self, Dns, Http, Ping, Push, Tcp, Tls};

/// What a kind of server is called and does.
pub(super) struct Role {
    /// The beginning of its name.
    pub prefix: &'static str,
    /// Its group.
    pub group: &'static str,
    /// Its services.
    pub kinds: &'static [Kind],
    /// The usual port of its `tcp` service.
    pub port: u16,
    /// Labels, between spaces.
    pub tags: &'static str,
}

const NETWORK: &str = "Сеть";
const HOSTS: &str = "Виртуализация";
const BASES: &str = "Базы данных";
const WEB: &str = "Почта и веб";
const BASIS: &str = "Инфраструктура";
const STORAGE: &str = "Хранение";
const BRANCHES: &str = "Филиалы";

const fn role(
    prefix: &'static str,
    group: &'static str,
    port: u16,
    kinds: &'static [Kind],
    tags: &'static str,
) -> Role {
    Role { prefix, group, kinds, port, tags }
}

/// The beginning of the name of the core switches.
pub(super) const CORE: &str = "sw-core";
pub(super) const SWITCH: Role = role("sw-acc", NETWORK, 22, &[Ping, Tcp, Http], "коммутатор");
pub(super) const ROUTER: Role = role("rt", NETWORK, 22, &[Ping, Tcp, Tls], "маршрутизатор");
pub(super) const HOST: Role = role("hv", HOSTS, 902, &[Ping, Tcp, Tls], "гипервизор");

/// What runs on hosts.
pub(super) const MACHINES: &[Role] = &[
    role("web", WEB, 22, &[Ping, Http, Tls], "linux prod"),
    role("web", WEB, 22, &[Ping, Http, Tls], "linux prod"),
    role("app", WEB, 22, &[Ping, Tcp, Http], "linux prod"),
    role("mail", WEB, 25, &[Ping, Tcp, Tls], "linux prod"),
    role("db", BASES, 5_432, &[Ping, Tcp, Push], "postgresql prod"),
    role("redis", BASES, 6_379, &[Ping, Tcp], "linux prod"),
    role("dc", BASIS, 389, &[Ping, Tcp, Dns], "windows"),
    role("ns", BASIS, 22, &[Ping, Tcp, Dns], "linux"),
    role("test", HOSTS, 22, &[Ping, Tcp, Http], "linux test"),
    role("1c", BASES, 1_540, &[Ping, Tcp, Http], "windows prod"),
];

/// What has a machine of its own.
pub(super) const METAL: &[Role] = &[
    role("db", BASES, 5_432, &[Ping, Tcp, Push], "postgresql prod"),
    role("backup", STORAGE, 9_102, &[Ping, Tcp, Push], "linux"),
    role("stor", STORAGE, 3_260, &[Ping, Tcp, Tls], "схд"),
    role("fs", STORAGE, 445, &[Ping, Tcp, Http], "windows"),
    role("ups", BASIS, 161, &[Ping, Http, Tls], "ибп"),
];

/// What is behind a branch's router, the usual ones first.
pub(super) const BRANCH: &[Role] = &[
    role("fs", BRANCHES, 445, &[Ping, Tcp, Http], "windows филиал"),
    role("cam", BRANCHES, 554, &[Ping, Tcp, Http], "видео филиал"),
    role("pos", BRANCHES, 5_900, &[Ping, Tcp, Push], "касса филиал"),
    role("prn", BRANCHES, 9_100, &[Ping, Tcp, Http], "принтер филиал"),
    role("pbx", BRANCHES, 5_060, &[Ping, Tcp, Tls], "телефония филиал"),
];

/// Where branches are: as in names, as people say it.
pub(super) const CITIES: &[(&str, &str)] = &[
    ("spb", "Санкт-Петербург"),
    ("kzn", "Казань"),
    ("nnov", "Нижний Новгород"),
    ("ekb", "Екатеринбург"),
    ("nsk", "Новосибирск"),
    ("sam", "Самара"),
    ("ufa", "Уфа"),
    ("perm", "Пермь"),
    ("chel", "Челябинск"),
    ("omsk", "Омск"),
    ("krsk", "Красноярск"),
    ("rnd", "Ростов-на-Дону"),
    ("vrn", "Воронеж"),
    ("krd", "Краснодар"),
    ("sar", "Саратов"),
    ("tmn", "Тюмень"),
    ("irk", "Иркутск"),
    ("khv", "Хабаровск"),
    ("vvo", "Владивосток"),
    ("tula", "Тула"),
];
