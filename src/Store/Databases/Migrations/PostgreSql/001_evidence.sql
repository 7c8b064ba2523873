-- Works with workers from: 1
-- The body is json and not jsonb: its bytes are those that the hash of the chain covers.
create table audit_event (
  chain_id    text        not null,
  run_id      text        not null,
  seq         integer     not null check (seq >= 0),
  hash        text        not null check (length(hash) = 64),
  at          timestamptz not null,
  type        text        not null,
  body        json        not null,
  recorded_at timestamptz not null default now(),
  primary key (chain_id, run_id, seq)
);

create table artifact (
  sha256      text        primary key check (length(sha256) = 64),
  bytes       bytea       not null,
  recorded_at timestamptz not null default now()
);

create table evidence_pack (
  change_id   text        not null,
  run_id      text        not null,
  pack_hash   text        not null check (length(pack_hash) = 64),
  recorded_at timestamptz not null default now(),
  primary key (change_id, run_id)
);

create table evidence_file (
  change_id   text        not null,
  run_id      text        not null,
  path        text        not null,
  sha256      text        not null references artifact (sha256),
  primary key (change_id, run_id, path),
  foreign key (change_id, run_id) references evidence_pack (change_id, run_id)
);

create index evidence_file_artifact on evidence_file (sha256);

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: evidence is only ever added', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger only_added before update or delete or truncate on audit_event   for each statement execute function refuse_rewriting();
create trigger only_added before update or delete or truncate on artifact      for each statement execute function refuse_rewriting();
create trigger only_added before update or delete or truncate on evidence_pack for each statement execute function refuse_rewriting();
create trigger only_added before update or delete or truncate on evidence_file for each statement execute function refuse_rewriting();
