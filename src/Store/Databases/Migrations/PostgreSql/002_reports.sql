-- Works with workers from: 1
create table report (
  report_id   text        not null,
  run_id      text        not null,
  procedure   text        not null,
  cluster_uid text        not null,
  inputs      text        not null,
  at          timestamptz not null,
  body        json        not null,
  recorded_at timestamptz not null default now(),
  primary key (report_id, run_id)
);

create index report_newest on report (procedure, cluster_uid, inputs, at);

create trigger only_added before update or delete or truncate on report for each statement execute function refuse_rewriting();
