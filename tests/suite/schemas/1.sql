-- A file of schema 1, as version 0.1.0 wrote it: habits, check-ins, a topic, a project, an undone tick.
PRAGMA application_id = 0x696e6368;
PRAGMA user_version = 1;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE change (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  device     TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  at         TEXT NOT NULL,
  day        TEXT NOT NULL CHECK (day IS date(day)),
  origin     TEXT NOT NULL CHECK (origin IN ('asked', 'undone', 'redone')),
  target     INTEGER REFERENCES change (seq),
  state      TEXT NOT NULL CHECK (state IN ('done', 'undone', 'discarded')),
  change     TEXT NOT NULL CHECK (json_valid(change)),
  before     TEXT NOT NULL CHECK (json_valid(before)),
  after      TEXT NOT NULL CHECK (json_valid(after)),
  UNIQUE (device, device_seq),
  CHECK ((origin = 'asked') = (target IS NULL))
) STRICT;
INSERT INTO "change" VALUES(1,'db766e70-8997-4585-a95e-9d8c79d68754',1,'2026-11-23T14:24:10.454+00:00','2026-11-23','asked',NULL,'done','{"habit-add":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","name":"Read one figure","topic":null,"position":0,"recipe":{"anchor":"sit down at my desk","behaviour":"read one figure","celebration":"I say nice"},"schedule":"daily","from":"2026-10-01"}}','[{"key":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2"},"record":null}]','[{"key":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2"},"record":{"habit":{"id":"01a208ca-fcd7-7532-9172-1089762601f2","name":"Read one figure","topic":null,"position":0,"schedules":[{"from":"2026-10-01","value":"daily"}],"recipes":[{"from":"2026-10-01","value":{"anchor":"sit down at my desk","behaviour":"read one figure","celebration":"I say nice"}}],"is_deleted":false}}}]');
INSERT INTO "change" VALUES(2,'db766e70-8997-4585-a95e-9d8c79d68754',2,'2026-11-23T14:24:10.479+00:00','2026-11-23','asked',NULL,'done','{"habit-add":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","name":"Write code","topic":null,"position":1,"recipe":{"anchor":"","behaviour":"","celebration":""},"schedule":"3/week","from":"2026-10-05"}}','[{"key":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f"},"record":null}]','[{"key":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f"},"record":{"habit":{"id":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","name":"Write code","topic":null,"position":1,"schedules":[{"from":"2026-10-05","value":"3/week"}],"recipes":[{"from":"2026-10-05","value":{"anchor":"","behaviour":"","celebration":""}}],"is_deleted":false}}}]');
INSERT INTO "change" VALUES(3,'db766e70-8997-4585-a95e-9d8c79d68754',3,'2026-11-23T14:24:10.498+00:00','2026-11-23','asked',NULL,'done','{"check-in-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-01","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-01"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-01"]},"record":{"check-in":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-01","mark":"done","note":null}}}]');
INSERT INTO "change" VALUES(4,'db766e70-8997-4585-a95e-9d8c79d68754',4,'2026-11-23T14:24:10.534+00:00','2026-11-23','asked',NULL,'done','{"check-in-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-02","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-02"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-02"]},"record":{"check-in":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-02","mark":"done","note":null}}}]');
INSERT INTO "change" VALUES(5,'db766e70-8997-4585-a95e-9d8c79d68754',5,'2026-11-23T14:24:10.558+00:00','2026-11-23','asked',NULL,'done','{"check-in-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-03","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-03"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-03"]},"record":{"check-in":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-03","mark":"done","note":null}}}]');
INSERT INTO "change" VALUES(6,'db766e70-8997-4585-a95e-9d8c79d68754',6,'2026-11-23T14:24:10.598+00:00','2026-11-23','asked',NULL,'done','{"check-in-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-05","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-05"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-05"]},"record":{"check-in":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-05","mark":"done","note":null}}}]');
INSERT INTO "change" VALUES(7,'db766e70-8997-4585-a95e-9d8c79d68754',7,'2026-11-23T14:24:10.621+00:00','2026-11-23','asked',NULL,'done','{"check-in-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-06","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-06"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-06"]},"record":{"check-in":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-06","mark":"done","note":null}}}]');
INSERT INTO "change" VALUES(8,'db766e70-8997-4585-a95e-9d8c79d68754',8,'2026-11-23T14:24:10.650+00:00','2026-11-23','asked',NULL,'done','{"check-in-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-04","mark":"rest"}}','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-04"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcd7-7532-9172-1089762601f2","2026-10-04"]},"record":{"check-in":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","day":"2026-10-04","mark":"rest","note":null}}}]');
INSERT INTO "change" VALUES(9,'db766e70-8997-4585-a95e-9d8c79d68754',9,'2026-11-23T14:24:10.678+00:00','2026-11-23','asked',NULL,'done','{"together":{"what":"done and note · Write code · Tue 6 Oct","changes":[{"check-in-set":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-10-06","mark":"done"}},{"check-in-note":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-10-06","note":"ten lines"}}]}}','[{"key":{"check-in":["01a208ca-fcf0-7f7c-8c7b-50a6e389569f","2026-10-06"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcf0-7f7c-8c7b-50a6e389569f","2026-10-06"]},"record":{"check-in":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-10-06","mark":"done","note":"ten lines"}}}]');
INSERT INTO "change" VALUES(10,'db766e70-8997-4585-a95e-9d8c79d68754',10,'2026-11-23T14:24:10.703+00:00','2026-11-23','asked',NULL,'done','{"schedule-set":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2","from":"2026-11-01","schedule":"mon,wed,fri"}}','[{"key":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2"},"record":{"habit":{"id":"01a208ca-fcd7-7532-9172-1089762601f2","name":"Read one figure","topic":null,"position":0,"schedules":[{"from":"2026-10-01","value":"daily"}],"recipes":[{"from":"2026-10-01","value":{"anchor":"sit down at my desk","behaviour":"read one figure","celebration":"I say nice"}}],"is_deleted":false}}}]','[{"key":{"habit":"01a208ca-fcd7-7532-9172-1089762601f2"},"record":{"habit":{"id":"01a208ca-fcd7-7532-9172-1089762601f2","name":"Read one figure","topic":null,"position":0,"schedules":[{"from":"2026-10-01","value":"daily"},{"from":"2026-11-01","value":"mon,wed,fri"}],"recipes":[{"from":"2026-10-01","value":{"anchor":"sit down at my desk","behaviour":"read one figure","celebration":"I say nice"}}],"is_deleted":false}}}]');
INSERT INTO "change" VALUES(11,'db766e70-8997-4585-a95e-9d8c79d68754',11,'2026-11-23T14:24:10.726+00:00','2026-11-23','asked',NULL,'done','{"topic-set":{"topic":"vectors","state":"mastered","on":"2026-11-23"}}','[{"key":{"topic":"vectors"},"record":null}]','[{"key":{"topic":"vectors"},"record":{"topic":{"topic":"vectors","state":"mastered","changed_on":"2026-11-23"}}}]');
INSERT INTO "change" VALUES(12,'db766e70-8997-4585-a95e-9d8c79d68754',12,'2026-11-23T14:24:10.762+00:00','2026-11-23','asked',NULL,'done','{"project-add":{"project":"01a208ca-fe0b-7b65-9bf5-6921e7be9d5c","draft":{"title":"Imitate sin(x)","level":"educational","status":"idea","pitch":"","links":[],"topics":[]},"position":0,"on":"2026-11-23"}}','[{"key":{"project":"01a208ca-fe0b-7b65-9bf5-6921e7be9d5c"},"record":null}]','[{"key":{"project":"01a208ca-fe0b-7b65-9bf5-6921e7be9d5c"},"record":{"project":{"id":"01a208ca-fe0b-7b65-9bf5-6921e7be9d5c","draft":{"title":"Imitate sin(x)","level":"educational","status":"idea","pitch":"","links":[],"topics":[]},"history":[{"on":"2026-11-23","status":"idea"}],"position":0,"is_deleted":false}}}]');
INSERT INTO "change" VALUES(13,'db766e70-8997-4585-a95e-9d8c79d68754',13,'2026-11-23T14:24:10.779+00:00','2026-11-23','asked',NULL,'undone','{"check-in-set":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-11-23","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcf0-7f7c-8c7b-50a6e389569f","2026-11-23"]},"record":null}]','[{"key":{"check-in":["01a208ca-fcf0-7f7c-8c7b-50a6e389569f","2026-11-23"]},"record":{"check-in":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-11-23","mark":"done","note":null}}}]');
INSERT INTO "change" VALUES(14,'db766e70-8997-4585-a95e-9d8c79d68754',14,'2026-11-23T14:24:10.795+00:00','2026-11-23','undone',13,'done','{"check-in-set":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-11-23","mark":"done"}}','[{"key":{"check-in":["01a208ca-fcf0-7f7c-8c7b-50a6e389569f","2026-11-23"]},"record":{"check-in":{"habit":"01a208ca-fcf0-7f7c-8c7b-50a6e389569f","day":"2026-11-23","mark":"done","note":null}}}]','[{"key":{"check-in":["01a208ca-fcf0-7f7c-8c7b-50a6e389569f","2026-11-23"]},"record":null}]');
CREATE TABLE check_in (
  habit TEXT NOT NULL REFERENCES habit (id),
  day   TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  mark  TEXT CHECK (mark IN ('done', 'rest')),
  note  TEXT CHECK (note <> ''),
  PRIMARY KEY (habit, day),
  CHECK (mark IS NOT NULL OR note IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO "check_in" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-01','done',NULL);
INSERT INTO "check_in" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-02','done',NULL);
INSERT INTO "check_in" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-03','done',NULL);
INSERT INTO "check_in" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-04','rest',NULL);
INSERT INTO "check_in" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-05','done',NULL);
INSERT INTO "check_in" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-06','done',NULL);
INSERT INTO "check_in" VALUES('01a208ca-fcf0-7f7c-8c7b-50a6e389569f','2026-10-06','done','ten lines');
CREATE TABLE habit (
  id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  name       TEXT NOT NULL CHECK (name <> ''),
  topic      TEXT,                      -- the topic's slug that its sessions count for
  position   INTEGER NOT NULL,          -- ascending in the list
  is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "habit" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','Read one figure',NULL,0,0);
INSERT INTO "habit" VALUES('01a208ca-fcf0-7f7c-8c7b-50a6e389569f','Write code',NULL,1,0);
CREATE TABLE habit_fold (
  habit    TEXT PRIMARY KEY NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  resume   TEXT NOT NULL CHECK (resume IS date(resume)),
  basis    TEXT NOT NULL,
  strength REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
  state    TEXT NOT NULL CHECK (json_valid(state))
) STRICT, WITHOUT ROWID;
INSERT INTO "habit_fold" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-11-01','1 Strict Mon; 2026-10-01 daily; 2026-11-01 mon,wed,fri',6.17082511167684477637e-02,'{"strength":0.06170825111676845,"run":{"streak":null,"is_miss_held":false},"best":[{"length":5,"first":"2026-10-01","last":"2026-10-06","unit":"days"}],"lifetime":5,"first_done":"2026-10-01"}');
INSERT INTO "habit_fold" VALUES('01a208ca-fcf0-7f7c-8c7b-50a6e389569f','2026-10-26','1 Strict Mon; 2026-10-05 3/week',4.43264783754377875157e-02,'{"strength":0.04432647837543779,"run":{"streak":null,"is_miss_held":false},"best":[],"lifetime":1,"first_done":"2026-10-06"}');
CREATE TABLE habit_recipe (
  habit         TEXT NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  effective_day TEXT NOT NULL
    CHECK (effective_day IS date(effective_day)
      AND effective_day BETWEEN '1970-01-01' AND '2200-12-31'),
  anchor        TEXT NOT NULL,
  behaviour     TEXT NOT NULL,
  celebration   TEXT NOT NULL,
  PRIMARY KEY (habit, effective_day)
) STRICT, WITHOUT ROWID;
INSERT INTO "habit_recipe" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-01','sit down at my desk','read one figure','I say nice');
INSERT INTO "habit_recipe" VALUES('01a208ca-fcf0-7f7c-8c7b-50a6e389569f','2026-10-05','','','');
CREATE TABLE habit_schedule (
  habit         TEXT NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  effective_day TEXT NOT NULL
    CHECK (effective_day IS date(effective_day)
      AND effective_day BETWEEN '1970-01-01' AND '2201-01-01'),
  schedule      TEXT NOT NULL CHECK (schedule <> ''),
  PRIMARY KEY (habit, effective_day)
) STRICT, WITHOUT ROWID;
INSERT INTO "habit_schedule" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-10-01','daily');
INSERT INTO "habit_schedule" VALUES('01a208ca-fcd7-7532-9172-1089762601f2','2026-11-01','mon,wed,fri');
INSERT INTO "habit_schedule" VALUES('01a208ca-fcf0-7f7c-8c7b-50a6e389569f','2026-10-05','3/week');
CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('device','db766e70-8997-4585-a95e-9d8c79d68754');
CREATE TABLE own_topic (
  id            TEXT PRIMARY KEY NOT NULL,
  module        TEXT NOT NULL,
  title         TEXT NOT NULL CHECK (title <> ''),
  mastery_check TEXT NOT NULL,
  link          TEXT,
  is_deleted    INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE project (
  id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  title      TEXT NOT NULL CHECK (title <> ''),
  level      TEXT NOT NULL CHECK (level IN ('educational', 'personal', 'valuable', 'larger')),
  status     TEXT NOT NULL
    CHECK (status IN ('idea', 'scoped', 'building', 'shipped', 'live', 'dropped')),
  pitch      TEXT NOT NULL,
  position   INTEGER NOT NULL,          -- ascending within its level
  is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "project" VALUES('01a208ca-fe0b-7b65-9bf5-6921e7be9d5c','Imitate sin(x)','educational','idea','',0,0);
CREATE TABLE project_link (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  link    TEXT NOT NULL,
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE project_status (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  day     TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  status  TEXT NOT NULL
    CHECK (status IN ('idea', 'scoped', 'building', 'shipped', 'live', 'dropped')),
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "project_status" VALUES('01a208ca-fe0b-7b65-9bf5-6921e7be9d5c',0,'2026-11-23','idea');
CREATE TABLE project_topic (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  topic   TEXT NOT NULL,
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE topic_progress (
  topic      TEXT PRIMARY KEY NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('learning', 'practising', 'mastered', 'skipped')),
  changed_on TEXT NOT NULL
    CHECK (changed_on IS date(changed_on)
      AND changed_on BETWEEN '1970-01-01' AND '2200-12-31')
) STRICT, WITHOUT ROWID;
INSERT INTO "topic_progress" VALUES('vectors','mastered','2026-11-23');
CREATE INDEX change_to_undo ON change (device) WHERE origin = 'asked' AND state = 'done';
CREATE INDEX change_to_redo ON change (device) WHERE origin = 'asked' AND state = 'undone';
INSERT INTO "sqlite_sequence" VALUES('change',14);
COMMIT;
