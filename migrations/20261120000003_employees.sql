create schema employees;
comment on schema employees is 'The directory of people.';

do $$
begin
    create collation employees.by_name (provider = icu, locale = 'ru');
exception when others then
    create collation employees.by_name from "C";
end
$$;
comment on collation employees.by_name is
    'Order of names. Russian; by code point where this PostgreSQL was built without ICU, so that it still starts.';

create table employees.employee (
    id bigint generated always as identity primary key,
    surname text collate employees.by_name not null,
    name text collate employees.by_name not null,
    patronymic text collate employees.by_name,
    email text,
    phones jsonb not null default '[]',
    ips jsonb not null default '[]',
    workstation text,
    position text,
    department text collate employees.by_name,
    unit text collate employees.by_name,
    room text,
    hired date,
    note text,
    state text not null default 'active',
    edited_fields text[] not null default '{}',
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    merged_into bigint references employees.employee,
    constraint employee_state_check check (state in ('active', 'left')),
    constraint employee_email_check check (email = lower(email)),
    constraint employee_merged_check check (merged_into is null or deleted_at is not null)
);
create unique index employee_email_key on employees.employee (email) where merged_into is null;
create index employee_merged_email_idx on employees.employee (email) where merged_into is not null;
create index employee_list_idx on employees.employee (state, surname, name, coalesce(patronymic, ''), id) where deleted_at is null;
create index employee_department_idx on employees.employee (department, state, surname, name, coalesce(patronymic, ''), id)
    where deleted_at is null;
create index employee_unit_idx on employees.employee (department, unit) where deleted_at is null and state = 'active';
create index employee_workstation_idx on employees.employee (workstation) where deleted_at is null;
create index employee_ips_idx on employees.employee using gin (ips jsonb_path_ops) where deleted_at is null;
comment on table employees.employee is 'A person. Department and unit are text here; the grouped view is made of it.';
comment on index employees.employee_email_key is
    'Deleted people count, so that bringing one back never collides; people merged into another one do not.';
comment on column employees.employee.phones is '[{"number": E.164 or null, "ext": digits or null, "by_hand": bool}] in the order of the source.';
comment on column employees.employee.ips is '[{"ip": dotted, "by_hand": bool}] in the order of the source.';
comment on column employees.employee.edited_fields is
    'Scalar fields edited by hand that no import has confirmed since: an import keeps them and warns.';
comment on column employees.employee.version is 'Grows with each change; a change names the version it saw.';
comment on column employees.employee.merged_into is 'The record this one was merged into: its e-mail leads there at the next import.';

alter table core.account
    add constraint account_employee_id_fkey foreign key (employee_id) references employees.employee on delete set null;

create table employees.change (
    id bigint generated always as identity primary key,
    employee_id bigint not null references employees.employee on delete cascade,
    at timestamptz not null default now(),
    account_id bigint references core.account on delete set null,
    import_id bigint references core.import on delete set null,
    kind text not null,
    other_id bigint references employees.employee on delete set null,
    fields jsonb not null default '[]',
    constraint change_kind_check check (kind in ('created', 'updated', 'deleted', 'restored', 'merged'))
);
create index change_employee_id_idx on employees.change (employee_id, id desc);
comment on table employees.change is 'Who changed what and when.';
comment on column employees.change.account_id is 'Null for the command line.';
comment on column employees.change.other_id is 'For a merge: the record merged into this one, or the one this was merged into.';
comment on column employees.change.fields is '[{"field", "before", "after"}] as people read them.';

create unlogged table employees.staged_person (
    ord integer primary key,
    employee_id bigint,
    email text,
    sheet integer not null,
    row integer not null,
    person text not null,
    constraint staged_person_employee_id_key unique (employee_id),
    constraint staged_person_email_key unique (email)
);
comment on table employees.staged_person is
    'The people of one file while it is imported, each once; filled and emptied within one transaction, so that memory stays bounded whatever the size of the file. Only one import runs at a time, so the rows need no owner.';
comment on column employees.staged_person.ord is 'Order of first appearance.';
comment on column employees.staged_person.employee_id is 'The record this person is, if there is one.';
comment on column employees.staged_person.email is 'The e-mail further rows of the file are recognised by.';
comment on column employees.staged_person.row is 'Where the person appears first, together with the sheet (its place in the workbook).';
comment on column employees.staged_person.person is 'JSON that only the import reads, so the database need not understand it.';
