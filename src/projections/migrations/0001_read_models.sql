-- The tables of a read model live in a schema of their own per generation: <cell>_<model>_<generation>.
-- filling: being brought up to date beside the serving one. retired: still there for questions that began before the switch.
CREATE TABLE read_model_generations (
    model      text        NOT NULL,
    generation integer     NOT NULL,
    version    integer     NOT NULL,
    state      text        NOT NULL CHECK (state IN ('filling', 'serving', 'retired')),
    position   bigint      NOT NULL DEFAULT 0,
    target     bigint      NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (model, generation)
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX read_model_one_serving ON read_model_generations (model) WHERE state = 'serving';
CREATE UNIQUE INDEX read_model_one_filling ON read_model_generations (model) WHERE state = 'filling';

-- What a model could not go on with after one event (of `stream`): a row, or a whole stream where rows have none of their own. That event
-- and all later ones of the same `unit` wait, in whichever of the `streams` they are.
CREATE TABLE read_model_parked (
    model      text        NOT NULL,
    generation integer     NOT NULL,
    unit       uuid        NOT NULL,
    streams    uuid[]      NOT NULL,
    stream     uuid        NOT NULL,
    version    bigint      NOT NULL,
    position   bigint      NOT NULL,
    error      text        NOT NULL,
    since      timestamptz NOT NULL DEFAULT now(),
    tries      integer     NOT NULL DEFAULT 1,
    next_try   timestamptz NOT NULL,
    PRIMARY KEY (model, generation, unit),
    FOREIGN KEY (model, generation) REFERENCES read_model_generations ON DELETE CASCADE
);

-- What follows the log and cannot go on, with why. The row goes away when it goes on again.
CREATE TABLE follower_failures (
    follower text        PRIMARY KEY,
    error    text        NOT NULL,
    since    timestamptz NOT NULL DEFAULT now(),
    times    integer     NOT NULL DEFAULT 1
);
