-- How long a habit's timer runs before it ticks by itself: the length of its tiny version.
ALTER TABLE habit ADD COLUMN seconds INTEGER NOT NULL DEFAULT 10 CHECK (seconds BETWEEN 5 AND 120);

-- A timed stretch of study: on a habit, a topic or a project, or on several of them at once. A
-- habit's session counts for the topic that was linked then.
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

-- Minutes per week are read from this index alone.
CREATE INDEX session_by_day ON session (day, habit, seconds);
CREATE INDEX session_by_habit ON session (habit, day, seconds);
CREATE INDEX session_by_project ON session (project);

-- Derived: what all sessions of a habit, a topic or a project come to. Kept by the triggers below.
CREATE TABLE studied (
  subject  TEXT NOT NULL CHECK (subject IN ('habit', 'topic', 'project')),
  id       TEXT NOT NULL,
  seconds  INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT, WITHOUT ROWID;

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

-- Sessions that are under way, written every few seconds so that a crash loses at most those. A row
-- whose process has ended was cut short: the next start makes a session of it. Numbers of processes
-- come again, so where the system tells it, process also holds when it began and after which boot.
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
