-- A file of schema 2, as version 0.1.0 wrote it before there were reviews: a habit, topics with their
-- dates, a project, a session, an undone change of a topic.
PRAGMA application_id = 0x696e6368;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('device','c738594d-46f4-42a8-ae2d-fc330783b70c');
CREATE TABLE habit (
  id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  name       TEXT NOT NULL CHECK (name <> ''),
  topic      TEXT,                      -- the topic's slug that its sessions count for
  position   INTEGER NOT NULL,          -- ascending in the list
  is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1))
, seconds INTEGER NOT NULL DEFAULT 10 CHECK (seconds BETWEEN 5 AND 120)) STRICT, WITHOUT ROWID;
INSERT INTO habit VALUES('01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6','Read one figure','vectors',0,0,10);
CREATE TABLE habit_schedule (
  habit         TEXT NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  effective_day TEXT NOT NULL
    CHECK (effective_day IS date(effective_day)
      AND effective_day BETWEEN '1970-01-01' AND '2201-01-01'),
  schedule      TEXT NOT NULL CHECK (schedule <> ''),
  PRIMARY KEY (habit, effective_day)
) STRICT, WITHOUT ROWID;
INSERT INTO habit_schedule VALUES('01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6','2026-11-20','daily');
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
INSERT INTO habit_recipe VALUES('01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6','2026-11-20','sit down','','');
CREATE TABLE check_in (
  habit TEXT NOT NULL REFERENCES habit (id),
  day   TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  mark  TEXT CHECK (mark IN ('done', 'rest')),
  note  TEXT CHECK (note <> ''),
  PRIMARY KEY (habit, day),
  CHECK (mark IS NOT NULL OR note IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO check_in VALUES('01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6','2026-11-21','done',NULL);
INSERT INTO check_in VALUES('01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6','2026-11-22','done','a second dip');
CREATE TABLE topic_progress (
  topic      TEXT PRIMARY KEY NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('learning', 'practising', 'mastered', 'skipped')),
  changed_on TEXT NOT NULL
    CHECK (changed_on IS date(changed_on)
      AND changed_on BETWEEN '1970-01-01' AND '2200-12-31')
) STRICT, WITHOUT ROWID;
INSERT INTO topic_progress VALUES('matrices','mastered','2026-11-15');
INSERT INTO topic_progress VALUES('vectors','practising','2026-11-22');
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
INSERT INTO project VALUES('01a20ab1-cf24-7eae-8729-d5c2301687bc','Digits','personal','building','',0,0);
CREATE TABLE project_link (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  link    TEXT NOT NULL,
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;
INSERT INTO project_link VALUES('01a20ab1-cf24-7eae-8729-d5c2301687bc',0,'https://example.org/digits');
CREATE TABLE project_topic (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  topic   TEXT NOT NULL,
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;
INSERT INTO project_topic VALUES('01a20ab1-cf24-7eae-8729-d5c2301687bc',0,'matrices');
CREATE TABLE project_status (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  day     TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  status  TEXT NOT NULL
    CHECK (status IN ('idea', 'scoped', 'building', 'shipped', 'live', 'dropped')),
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;
INSERT INTO project_status VALUES('01a20ab1-cf24-7eae-8729-d5c2301687bc',0,'2026-11-10','idea');
INSERT INTO project_status VALUES('01a20ab1-cf24-7eae-8729-d5c2301687bc',1,'2026-11-18','building');
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
INSERT INTO change VALUES(1,'c738594d-46f4-42a8-ae2d-fc330783b70c',1,'2026-11-23T23:15:01.876+00:00','2026-11-20','asked',NULL,'done','{"habit-add":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","name":"Read one figure","topic":"vectors","position":0,"recipe":{"anchor":"sit down","behaviour":"","celebration":""},"schedule":"daily","from":"2026-11-20","seconds":10}}','[{"key":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6"},"record":null}]','[{"key":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6"},"record":{"habit":{"id":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","name":"Read one figure","topic":"vectors","position":0,"schedules":[{"from":"2026-11-20","value":"daily"}],"recipes":[{"from":"2026-11-20","value":{"anchor":"sit down","behaviour":"","celebration":""}}],"seconds":10,"is_deleted":false}}}]');
INSERT INTO change VALUES(2,'c738594d-46f4-42a8-ae2d-fc330783b70c',2,'2026-11-23T23:15:25.140+00:00','2026-11-21','asked',NULL,'done','{"check-in-set":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","day":"2026-11-21","mark":"done"}}','[{"key":{"check-in":["01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","2026-11-21"]},"record":null}]','[{"key":{"check-in":["01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","2026-11-21"]},"record":{"check-in":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","day":"2026-11-21","mark":"done","note":null}}}]');
INSERT INTO change VALUES(3,'c738594d-46f4-42a8-ae2d-fc330783b70c',3,'2026-11-23T23:15:25.149+00:00','2026-11-22','asked',NULL,'done','{"together":{"what":"done and note · Read one figure · Sun 22 Nov","changes":[{"check-in-set":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","day":"2026-11-22","mark":"done"}},{"check-in-note":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","day":"2026-11-22","note":"a second dip"}}]}}','[{"key":{"check-in":["01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","2026-11-22"]},"record":null}]','[{"key":{"check-in":["01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","2026-11-22"]},"record":{"check-in":{"habit":"01a20ab1-0075-7f1b-b9c2-9a3b7970ecf6","day":"2026-11-22","mark":"done","note":"a second dip"}}}]');
INSERT INTO change VALUES(4,'c738594d-46f4-42a8-ae2d-fc330783b70c',4,'2026-11-23T23:15:25.159+00:00','2026-11-10','asked',NULL,'done','{"topic-set":{"topic":"vectors","state":"learning","on":"2026-11-10"}}','[{"key":{"topic":"vectors"},"record":null}]','[{"key":{"topic":"vectors"},"record":{"topic":{"topic":"vectors","state":"learning","changed_on":"2026-11-10"}}}]');
INSERT INTO change VALUES(5,'c738594d-46f4-42a8-ae2d-fc330783b70c',5,'2026-11-23T23:15:25.169+00:00','2026-11-12','asked',NULL,'done','{"topic-set":{"topic":"matrices","state":"mastered","on":"2026-11-12"}}','[{"key":{"topic":"matrices"},"record":null}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-12"}}}]');
INSERT INTO change VALUES(6,'c738594d-46f4-42a8-ae2d-fc330783b70c',6,'2026-11-23T23:15:25.178+00:00','2026-11-14','asked',NULL,'done','{"topic-set":{"topic":"matrices","state":"practising","on":"2026-11-14"}}','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-12"}}}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"practising","changed_on":"2026-11-14"}}}]');
INSERT INTO change VALUES(7,'c738594d-46f4-42a8-ae2d-fc330783b70c',7,'2026-11-23T23:15:25.194+00:00','2026-11-15','asked',NULL,'done','{"topic-set":{"topic":"matrices","state":"mastered","on":"2026-11-15"}}','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"practising","changed_on":"2026-11-14"}}}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-15"}}}]');
INSERT INTO change VALUES(8,'c738594d-46f4-42a8-ae2d-fc330783b70c',8,'2026-11-23T23:15:31.599+00:00','2026-11-22','asked',NULL,'done','{"topic-set":{"topic":"vectors","state":"practising","on":"2026-11-22"}}','[{"key":{"topic":"vectors"},"record":{"topic":{"topic":"vectors","state":"learning","changed_on":"2026-11-10"}}}]','[{"key":{"topic":"vectors"},"record":{"topic":{"topic":"vectors","state":"practising","changed_on":"2026-11-22"}}}]');
INSERT INTO change VALUES(9,'c738594d-46f4-42a8-ae2d-fc330783b70c',9,'2026-11-23T23:15:31.609+00:00','2026-11-22','asked',NULL,'discarded','{"topic-set":{"topic":"matrices","state":"practising","on":"2026-11-22"}}','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-15"}}}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"practising","changed_on":"2026-11-22"}}}]');
INSERT INTO change VALUES(10,'c738594d-46f4-42a8-ae2d-fc330783b70c',10,'2026-11-23T23:15:31.624+00:00','2026-11-23','undone',9,'done','{"topic-set":{"topic":"matrices","state":"practising","on":"2026-11-22"}}','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"practising","changed_on":"2026-11-22"}}}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-15"}}}]');
INSERT INTO change VALUES(11,'c738594d-46f4-42a8-ae2d-fc330783b70c',11,'2026-11-23T23:15:54.787+00:00','2026-11-10','asked',NULL,'done','{"project-add":{"project":"01a20ab1-cf24-7eae-8729-d5c2301687bc","draft":{"title":"Digits","level":"personal","status":"idea","pitch":"","links":[],"topics":["matrices"]},"position":0,"on":"2026-11-10"}}','[{"key":{"project":"01a20ab1-cf24-7eae-8729-d5c2301687bc"},"record":null}]','[{"key":{"project":"01a20ab1-cf24-7eae-8729-d5c2301687bc"},"record":{"project":{"id":"01a20ab1-cf24-7eae-8729-d5c2301687bc","draft":{"title":"Digits","level":"personal","status":"idea","pitch":"","links":[],"topics":["matrices"]},"history":[{"on":"2026-11-10","status":"idea"}],"position":0,"is_deleted":false}}}]');
INSERT INTO change VALUES(12,'c738594d-46f4-42a8-ae2d-fc330783b70c',12,'2026-11-23T23:15:54.799+00:00','2026-11-18','asked',NULL,'done','{"project-edit":{"project":"01a20ab1-cf24-7eae-8729-d5c2301687bc","edit":{"title":null,"level":null,"status":"building","pitch":null,"links":["https://example.org/digits"],"topics":null},"on":"2026-11-18"}}','[{"key":{"project":"01a20ab1-cf24-7eae-8729-d5c2301687bc"},"record":{"project":{"id":"01a20ab1-cf24-7eae-8729-d5c2301687bc","draft":{"title":"Digits","level":"personal","status":"idea","pitch":"","links":[],"topics":["matrices"]},"history":[{"on":"2026-11-10","status":"idea"}],"position":0,"is_deleted":false}}}]','[{"key":{"project":"01a20ab1-cf24-7eae-8729-d5c2301687bc"},"record":{"project":{"id":"01a20ab1-cf24-7eae-8729-d5c2301687bc","draft":{"title":"Digits","level":"personal","status":"building","pitch":"","links":["https://example.org/digits"],"topics":["matrices"]},"history":[{"on":"2026-11-10","status":"idea"},{"on":"2026-11-18","status":"building"}],"position":0,"is_deleted":false}}}]');
INSERT INTO change VALUES(13,'c738594d-46f4-42a8-ae2d-fc330783b70c',13,'2026-11-23T23:15:59.156+00:00','2026-11-22','asked',NULL,'done','{"session-put":{"session":{"id":"01a20ab1-cf59-71da-8017-1ae44e1de8c4","habit":null,"topic":"vectors","project":null,"day":"2026-11-22","started_at":"2026-11-23T23:15:56.145575860Z","seconds":3}}}','[{"key":{"session":"01a20ab1-cf59-71da-8017-1ae44e1de8c4"},"record":null}]','[{"key":{"session":"01a20ab1-cf59-71da-8017-1ae44e1de8c4"},"record":{"session":{"id":"01a20ab1-cf59-71da-8017-1ae44e1de8c4","habit":null,"topic":"vectors","project":null,"day":"2026-11-22","started_at":"2026-11-23T23:15:56.145Z","seconds":3}}}]');
INSERT INTO change VALUES(14,'c738594d-46f4-42a8-ae2d-fc330783b70c',14,'2026-11-23T23:16:01.193+00:00','2026-11-22','asked',NULL,'undone','{"topic-set":{"topic":"matrices","state":"practising","on":"2026-11-22"}}','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-15"}}}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"practising","changed_on":"2026-11-22"}}}]');
INSERT INTO change VALUES(15,'c738594d-46f4-42a8-ae2d-fc330783b70c',15,'2026-11-23T23:16:01.204+00:00','2026-11-23','undone',14,'done','{"topic-set":{"topic":"matrices","state":"practising","on":"2026-11-22"}}','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"practising","changed_on":"2026-11-22"}}}]','[{"key":{"topic":"matrices"},"record":{"topic":{"topic":"matrices","state":"mastered","changed_on":"2026-11-15"}}}]');
CREATE TABLE habit_fold (
  habit    TEXT PRIMARY KEY NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  resume   TEXT NOT NULL CHECK (resume IS date(resume)),
  basis    TEXT NOT NULL,
  strength REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
  state    TEXT NOT NULL CHECK (json_valid(state))
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  habit      TEXT REFERENCES habit (id),
  topic      TEXT,
  project    TEXT REFERENCES project (id),
  day        TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  started_at TEXT NOT NULL,
  seconds    INTEGER NOT NULL CHECK (seconds BETWEEN 1 AND 604800),
  CHECK (habit IS NOT NULL OR topic IS NOT NULL OR project IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO session VALUES('01a20ab1-cf59-71da-8017-1ae44e1de8c4',NULL,'vectors',NULL,'2026-11-22','2026-11-23T23:15:56.145+00:00',3);
CREATE TABLE studied (
  subject  TEXT NOT NULL CHECK (subject IN ('habit', 'topic', 'project')),
  id       TEXT NOT NULL,
  seconds  INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT, WITHOUT ROWID;
INSERT INTO studied VALUES('topic','vectors',3,1);
CREATE TABLE running_session (
  id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  process    TEXT NOT NULL CHECK (process <> ''),
  habit      TEXT,
  topic      TEXT,
  project    TEXT,
  day        TEXT NOT NULL CHECK (day IS date(day)),
  started_at TEXT NOT NULL,
  seconds    INTEGER NOT NULL CHECK (seconds BETWEEN 1 AND 604800)
) STRICT, WITHOUT ROWID;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('change',15);
CREATE INDEX change_to_undo ON change (device) WHERE origin = 'asked' AND state = 'done';
CREATE INDEX change_to_redo ON change (device) WHERE origin = 'asked' AND state = 'undone';
CREATE INDEX session_by_day ON session (day, habit, seconds);
CREATE INDEX session_by_habit ON session (habit, day, seconds);
CREATE INDEX session_by_project ON session (project);
CREATE TRIGGER session_added AFTER INSERT ON session BEGIN
  INSERT INTO studied (subject, id, seconds, sessions)
  SELECT subject, id, NEW.seconds, 1
  FROM (SELECT 'habit' AS subject, NEW.habit AS id
    UNION ALL SELECT 'topic', NEW.topic
    UNION ALL SELECT 'project', NEW.project)
  WHERE id IS NOT NULL
  ON CONFLICT (subject, id) DO UPDATE
    SET seconds = studied.seconds + excluded.seconds, sessions = studied.sessions + 1;
END;
CREATE TRIGGER session_removed AFTER DELETE ON session BEGIN
  UPDATE studied SET seconds = seconds - OLD.seconds, sessions = sessions - 1
  WHERE (subject = 'habit' AND id = OLD.habit)
    OR (subject = 'topic' AND id = OLD.topic)
    OR (subject = 'project' AND id = OLD.project);
  DELETE FROM studied WHERE sessions = 0
    AND ((subject = 'habit' AND id = OLD.habit)
      OR (subject = 'topic' AND id = OLD.topic)
      OR (subject = 'project' AND id = OLD.project));
END;
COMMIT;
