//! The people of the tests. Nobody of them exists.

use app::model::employee::EmployeeState;

use crate::directory::index::{Index, Line, Record};

/// Login, full name, telephones (`number#ext`), address, computer, position, department, unit, room.
const PEOPLE: &[[&str; 9]] = &[
    [
        "ivanov.ip",
        "Иванов Иван Петрович",
        "+74957802000#1234 +79161112233",
        "10.16.5.7",
        "MSK-WS-01234",
        "Бухгалтер",
        "Бухгалтерия",
        "Касса",
        "Б-214",
    ],
    [
        "ivanov.as",
        "Иванов Артём Сергеевич",
        "+74957802000#1235",
        "10.16.5.70",
        "MSK-WS-01235",
        "Инженер",
        "Отдел главного инженера",
        "",
        "305",
    ],
    [
        "ivanova.ii",
        "Иванова Ирина Ильинична",
        "#0123",
        "10.16.6.7",
        "SPB-NB-40001",
        "Ведущий бухгалтер",
        "Бухгалтерия",
        "Расчётная группа",
        "Б-214",
    ],
    [
        "petrov.ii",
        "Петров Иван Иванович",
        "+78123316000#5001",
        "10.48.1.20",
        "BUH84906",
        "Главный инженер",
        "Отдел главного инженера",
        "",
        "А-101",
    ],
    [
        "petrova-ivanova.m",
        "Петрова-Иванова Мария Олеговна",
        "",
        "",
        "",
        "Менеджер по продажам",
        "Департамент продаж",
        "Отдел экспорта",
        "В-12",
    ],
    [
        "p.fedorov",
        "Фёдоров Пётр Ильич",
        "+79587156246",
        "10.48.2.21",
        "SPB-WS-40002",
        "Слесарь-сборщик",
        "Производственный департамент",
        "Цех № 1",
        "1",
    ],
    [
        "s.aleksandrov",
        "Александров Сергей Александрович",
        "#1305",
        "",
        "",
        "Программист 1С",
        "Департамент информационных технологий",
        "Отдел сопровождения 1С",
        "305а",
    ],
    [
        "petukhov.a",
        "Петухов Александр Юрьевич",
        "",
        "192.168.0.1",
        "",
        "Охранник",
        "Служба безопасности",
        "Бюро пропусков",
        "",
    ],
    [
        "sokolov.k",
        "Соколов Кирилл Константинович",
        "",
        "",
        "",
        "Системный администратор",
        "Департамент информационных технологий",
        "Отдел технической поддержки",
        "Б-305",
    ],
    ["shcherbakova.y", "Щербакова Юлия Евгеньевна", "", "", "", "Юрисконсульт", "Юридический департамент", "", ""],
    [
        "zvonnovskii.v",
        "Звонновский Вениамин Лукич",
        "",
        "",
        "",
        "Архивариус",
        "Административно-хозяйственный отдел",
        "Архив",
        "",
    ],
    ["khokhlov.d", "Хохлов Дмитрий Цой", "", "", "", "Водитель", "Транспортный цех", "Гараж", ""],
    ["h.muller", "Müller Hans", "+493012345678", "", "", "Аудитор", "Служба качества", "", ""],
    ["j.smith", "Smith John", "", "", "", "Переводчик", "Департамент продаж", "", ""],
    ["romanov.g", "Романов Глеб Олегович", "", "", "", "Кладовщик", "Склад готовой продукции", "", ""],
    ["r.zaitsev", "Зайцев Роман Андреевич", "", "", "", "Грузчик", "Склад готовой продукции", "", ""],
    ["mamedov.a", "Мамедов Али Гасан оглы", "", "", "", "Повар", "Столовая", "Горячий цех", ""],
];

pub(super) fn company() -> Index {
    Index::build(people())
}

pub(super) fn people() -> impl Iterator<Item = Record> {
    (1..).zip(PEOPLE).map(|(id, person)| {
        let [login, name, phones, ip, workstation, position, department, unit, room] = *person;
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut names = name.splitn(3, ' ');
        let line = |phone: &str| {
            let (number, ext) = phone.split_once('#').unwrap_or((phone, ""));
            Line { number: some(number), ext: some(ext) }
        };
        let domain = if id % 2 == 0 { "spb.firm.example" } else { "firm.example" };
        Record {
            id: id.into(),
            surname: names.next().unwrap_or_default().into(),
            name: names.next().unwrap_or_default().into(),
            patronymic: names.next().map(Into::into),
            email: Some(format!("{login}@{domain}")),
            phones: phones.split_whitespace().map(line).collect(),
            ips: some(ip).into_iter().collect(),
            workstation: some(workstation),
            position: some(position),
            department: some(department),
            unit: some(unit),
            room: some(room),
            state: EmployeeState::Active,
        }
    })
}
