-- inch keeps everything in this one file. Other programs may read it; please write only through
-- inch, which journals every change so that it can be undone.
--
-- Days are logical dates as text, YYYY-MM-DD, from 1970-01-01 to 2200-12-31. Those that come from
-- the clock alone may lie outside, for a clock may be wrong. Moments are RFC 3339 with their offset.
-- Ids are UUIDs as lowercase text, or slugs. Deleted things keep their row, so that undo can bring
-- them back: look at is_deleted.

-- 'inch' in ASCII: how a file is known to be ours.
PRAGMA application_id = 0x696e6368;

-- Facts about the file itself. 'device' names the machine whose changes these are.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A habit. Its schedule and its recipe change over time: see the two tables below.
CREATE TABLE habit (
  id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  name       TEXT NOT NULL CHECK (name <> ''),
  topic      TEXT,                      -- the topic's slug that its sessions count for
  position   INTEGER NOT NULL,          -- ascending in the list
  is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What a habit asks for from a day on, until the next row: 'daily', 'mon,wed,fri', '3/week',
-- 'every 4 days', or 'none' while it is archived. The first day is the day it was created; the last
-- may be the day after the archive day 2200-12-31.
CREATE TABLE habit_schedule (
  habit         TEXT NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  effective_day TEXT NOT NULL
    CHECK (effective_day IS date(effective_day)
      AND effective_day BETWEEN '1970-01-01' AND '2201-01-01'),
  schedule      TEXT NOT NULL CHECK (schedule <> ''),
  PRIMARY KEY (habit, effective_day)
) STRICT, WITHOUT ROWID;

-- After I anchor, I will behaviour; then celebration. Parts may be empty.
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

-- What was said about a habit on a day: a mark, a note, or both. No row: nothing was said.
CREATE TABLE check_in (
  habit TEXT NOT NULL REFERENCES habit (id),
  day   TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  mark  TEXT CHECK (mark IN ('done', 'rest')),
  note  TEXT CHECK (note <> ''),
  PRIMARY KEY (habit, day),
  CHECK (mark IS NOT NULL OR note IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- How far a person is with a topic of the curriculum. No row: not started.
CREATE TABLE topic_progress (
  topic      TEXT PRIMARY KEY NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('learning', 'practising', 'mastered', 'skipped')),
  changed_on TEXT NOT NULL
    CHECK (changed_on IS date(changed_on)
      AND changed_on BETWEEN '1970-01-01' AND '2200-12-31')
) STRICT, WITHOUT ROWID;

-- Topics that the person added to a module. mastery_check is 'You can …', or empty.
CREATE TABLE own_topic (
  id            TEXT PRIMARY KEY NOT NULL,
  module        TEXT NOT NULL,
  title         TEXT NOT NULL CHECK (title <> ''),
  mastery_check TEXT NOT NULL,
  link          TEXT,
  is_deleted    INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1))
) STRICT, WITHOUT ROWID;

-- A portfolio entry.
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

-- A project's web addresses, in order of place.
CREATE TABLE project_link (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  link    TEXT NOT NULL,
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;

-- The topics that a project proves, in order of place.
CREATE TABLE project_topic (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  topic   TEXT NOT NULL,
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;

-- Every status of a project and the day it took it on, in order of place.
CREATE TABLE project_status (
  project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  day     TEXT NOT NULL
    CHECK (day IS date(day) AND day BETWEEN '1970-01-01' AND '2200-12-31'),
  status  TEXT NOT NULL
    CHECK (status IN ('idea', 'scoped', 'building', 'shipped', 'live', 'dropped')),
  PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;

-- The journal: every change ever made, with what it altered before and after. Rows are never
-- deleted. An undo or a redo is a row of its own, and target is the change it took back or made
-- again; only the state of a row changes: done, undone, or discarded (undone, and then something
-- else was done).
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

-- What undo and redo look for, whatever the journal's length.
CREATE INDEX change_to_undo ON change (device) WHERE origin = 'asked' AND state = 'done';
CREATE INDEX change_to_redo ON change (device) WHERE origin = 'asked' AND state = 'undone';

-- Derived, and safe to delete: what a habit's older days come to, so that a start need not read
-- them. Holds for every day before resume, while basis is the habit's schedules and the rules.
CREATE TABLE habit_fold (
  habit    TEXT PRIMARY KEY NOT NULL REFERENCES habit (id) ON DELETE CASCADE,
  resume   TEXT NOT NULL CHECK (resume IS date(resume)),
  basis    TEXT NOT NULL,
  strength REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
  state    TEXT NOT NULL CHECK (json_valid(state))
) STRICT, WITHOUT ROWID;
