-- Works with workers from: 1
create table audit_event (
  chain_id    text    not null,
  run_id      text    not null,
  seq         integer not null check (seq >= 0),
  hash        text    not null check (length(hash) = 64),
  at          text    not null,
  type        text    not null,
  body        text    not null check (json_valid(body)),
  recorded_at text    not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  primary key (chain_id, run_id, seq)
) strict, without rowid;

create table artifact (
  sha256      text    primary key check (length(sha256) = 64),
  bytes       blob    not null,
  recorded_at text    not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) strict;

create table evidence_pack (
  change_id   text    not null,
  run_id      text    not null,
  pack_hash   text    not null check (length(pack_hash) = 64),
  recorded_at text    not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  primary key (change_id, run_id)
) strict, without rowid;

create table evidence_file (
  change_id   text    not null,
  run_id      text    not null,
  path        text    not null,
  sha256      text    not null references artifact (sha256),
  primary key (change_id, run_id, path),
  foreign key (change_id, run_id) references evidence_pack (change_id, run_id)
) strict, without rowid;

create index evidence_file_artifact on evidence_file (sha256);

create trigger audit_event_update   before update on audit_event   begin select raise(abort, 'UPDATE of audit_event is refused: evidence is only ever added'); end;
create trigger audit_event_delete   before delete on audit_event   begin select raise(abort, 'DELETE of audit_event is refused: evidence is only ever added'); end;
create trigger artifact_update      before update on artifact      begin select raise(abort, 'UPDATE of artifact is refused: evidence is only ever added'); end;
create trigger artifact_delete      before delete on artifact      begin select raise(abort, 'DELETE of artifact is refused: evidence is only ever added'); end;
create trigger evidence_pack_update before update on evidence_pack begin select raise(abort, 'UPDATE of evidence_pack is refused: evidence is only ever added'); end;
create trigger evidence_pack_delete before delete on evidence_pack begin select raise(abort, 'DELETE of evidence_pack is refused: evidence is only ever added'); end;
create trigger evidence_file_update before update on evidence_file begin select raise(abort, 'UPDATE of evidence_file is refused: evidence is only ever added'); end;
create trigger evidence_file_delete before delete on evidence_file begin select raise(abort, 'DELETE of evidence_file is refused: evidence is only ever added'); end;
