-- One row per piece of work. A lease says who has it (a worker process) and until when; `started` is false while its message waits in a
-- queue. The lease's token passes from dispatcher to actor, so that of two messages about one job only one finds it.
CREATE TABLE open_jobs (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL,
    subject      uuid        NOT NULL,
    cause        text        NOT NULL,
    position     bigint      NOT NULL,
    correlation  uuid,
    state        text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'failed')),
    attempts     integer     NOT NULL DEFAULT 0,
    next_try     timestamptz NOT NULL DEFAULT now(),
    leased_until timestamptz,
    leased_by    uuid,
    lease        uuid,
    started      boolean     NOT NULL DEFAULT false,
    error        text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz
) WITH (fillfactor = 80);

CREATE INDEX open_jobs_due ON open_jobs (next_try) WHERE state = 'open';
CREATE INDEX open_jobs_finished ON open_jobs (state, finished_at) WHERE state <> 'open';
CREATE INDEX open_jobs_subject ON open_jobs (subject);

CREATE TABLE job_deriver_position (
    id       boolean PRIMARY KEY DEFAULT true CHECK (id),
    position bigint  NOT NULL
);
INSERT INTO job_deriver_position (position) VALUES (0);
