-- Works with workers from: 1
create table report (
  report_id   text    not null,
  run_id      text    not null,
  procedure   text    not null,
  cluster_uid text    not null,
  inputs      text    not null,
  at          text    not null,
  body        text    not null check (json_valid(body)),
  recorded_at text    not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  primary key (report_id, run_id)
) strict, without rowid;

create index report_newest on report (procedure, cluster_uid, inputs, at);

create trigger report_update before update on report begin select raise(abort, 'UPDATE of report is refused: evidence is only ever added'); end;
create trigger report_delete before delete on report begin select raise(abort, 'DELETE of report is refused: evidence is only ever added'); end;
