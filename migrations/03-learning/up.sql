-- A topic also keeps every state it had, so that a row may say 'not-started' again, and what shows
-- that it was mastered: a sentence, a link, or both. (A project that shows it names the topic in
-- project_topic.) history is a list of {"on": day, "state": state}, oldest first, one a day; its
-- last entry is the state.
CREATE TABLE topic_progress_new (
  topic         TEXT PRIMARY KEY NOT NULL,
  state         TEXT NOT NULL
    CHECK (state IN ('not-started', 'learning', 'practising', 'mastered', 'skipped')),
  history       TEXT NOT NULL CHECK (json_array_length(history) > 0),
  evidence      TEXT NOT NULL DEFAULT '',
  evidence_link TEXT
) STRICT, WITHOUT ROWID;

INSERT INTO topic_progress_new (topic, state, history)
SELECT topic, state, json_array(json_object('on', changed_on, 'state', state))
FROM topic_progress;

DROP TABLE topic_progress;
ALTER TABLE topic_progress_new RENAME TO topic_progress;

-- What the person wrote beside a topic: how much it is wanted for the goal (the row 'goal' of
-- meta), notes, links of their own ({"title", "url"}), and the addresses that they have used.
CREATE TABLE annotation (
  topic TEXT PRIMARY KEY NOT NULL,
  want  TEXT CHECK (want IN ('needed', 'nice', 'curious')),
  notes TEXT NOT NULL,
  links TEXT NOT NULL CHECK (json_type(links) = 'array'),
  used  TEXT NOT NULL CHECK (json_type(used) = 'array')
) STRICT, WITHOUT ROWID;

-- When a mastered topic comes back, and every look back at it: {"on": day, "rating": 'again',
-- 'hard', 'good' or 'easy'}, oldest first, one a day. The first is the day it was mastered. A topic
-- that is not mastered any more is not due, whatever stands here.
CREATE TABLE review (
  topic   TEXT PRIMARY KEY NOT NULL,
  due_on  TEXT NOT NULL
    CHECK (due_on IS date(due_on) AND due_on BETWEEN '1970-01-01' AND '2200-12-31'),
  history TEXT NOT NULL CHECK (json_array_length(history) > 0)
) STRICT, WITHOUT ROWID;

-- Three days is what the scheduler gives a topic on the day it is mastered.
INSERT INTO review (topic, due_on, history)
SELECT topic, min(date(history ->> '$[0].on', '+3 days'), '2200-12-31'),
  json_array(json_object('on', history ->> '$[0].on', 'rating', 'good'))
FROM topic_progress WHERE state = 'mastered';

-- A habit whose act is the review that is due.
ALTER TABLE habit ADD COLUMN is_review INTEGER NOT NULL DEFAULT 0 CHECK (is_review IN (0, 1));

-- What came of it, what the person did in it, and how they would explain it simply.
ALTER TABLE project ADD COLUMN result TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN explained TEXT NOT NULL DEFAULT '';
-- Where the idea came from; employer is what a side project means for the person's employer.
ALTER TABLE project ADD COLUMN source TEXT CHECK (source IN ('join', 'reading', 'area', 'side'));
ALTER TABLE project ADD COLUMN employer TEXT NOT NULL DEFAULT '';
-- The day to look at a live project for drift.
ALTER TABLE project ADD COLUMN drift_check_on TEXT
  CHECK (drift_check_on IS date(drift_check_on)
    AND (drift_check_on IS NULL OR drift_check_on BETWEEN '1970-01-01' AND '2200-12-31'));
-- How it was chosen: {"growth", "people", "stepping_stone": 1 to 5 or null, "is_good": whether it is
-- good for people, "estimate_days", "answers": four times true, false or null, "approach":
-- 'ready-fire-aim' or 'ready-aim-fire', "reason"}.
ALTER TABLE project ADD COLUMN choice TEXT NOT NULL DEFAULT '{}' CHECK (json_type(choice) = 'object');
-- The worksheet: for each prompt every answer it had, {"on": day, "text": answer}, oldest first.
ALTER TABLE project ADD COLUMN scope TEXT NOT NULL DEFAULT '{}' CHECK (json_type(scope) = 'object');
