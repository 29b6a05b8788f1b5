-- The engine: ordering keys, deadlines, replays, fair turns, missed schedules, connections' health, kept results.

ALTER TABLE "run" ADD COLUMN     "dedupe_hash" BYTEA,
ADD COLUMN     "ordering_key" TEXT,
ADD COLUMN     "deadline_at" TIMESTAMPTZ(3),
ADD COLUMN     "replay_of" UUID,
ADD COLUMN     "replay_from" TEXT,
ADD COLUMN     "responded" JSON;

ALTER TABLE "task" ADD COLUMN     "cause" TEXT,
ADD COLUMN     "connection_id" UUID,
ADD COLUMN     "why" TEXT;

ALTER TABLE "schedule" ADD COLUMN     "window_minutes" INTEGER NOT NULL DEFAULT 1440;

ALTER TABLE "tenant_limit" ADD COLUMN     "daily_runs" INTEGER,
ADD COLUMN     "over_limit" TEXT;

ALTER TABLE "installation" ADD COLUMN     "daily_runs" INTEGER,
ADD COLUMN     "over_limit" TEXT NOT NULL DEFAULT 'refuse';

ALTER TABLE "connection" ADD COLUMN     "limits" JSON;

CREATE TABLE "schedule_miss" (
    "tenant_id" TEXT NOT NULL,
    "workflow_id" UUID NOT NULL,
    "node_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "times" INTEGER,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_miss_pkey" PRIMARY KEY ("tenant_id","workflow_id","node_key","at")
);

CREATE TABLE "tenant_turn" (
    "tenant_id" TEXT NOT NULL,
    "time" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "tenant_turn_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "gate" (
    "tenant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "turns" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gate_pkey" PRIMARY KEY ("tenant_id","name")
);

CREATE TABLE "step_cache" (
    "tenant_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "output" JSON NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_cache_pkey" PRIMARY KEY ("tenant_id","key")
);

CREATE INDEX "step_cache_tenant_id_expires_at_idx" ON "step_cache"("tenant_id", "expires_at");

ALTER TABLE "schedule_miss" ADD CONSTRAINT "schedule_miss_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "tenant_turn" ADD CONSTRAINT "tenant_turn_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "gate" ADD CONSTRAINT "gate_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "step_cache" ADD CONSTRAINT "step_cache_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- === Checks =======================================================================================================

ALTER TABLE "schedule" DROP CONSTRAINT "schedule_missed_known";
ALTER TABLE "schedule"
    ADD CONSTRAINT "schedule_missed_known" CHECK ("missed" IN ('skip', 'latest', 'all')),
    ADD CONSTRAINT "schedule_window_positive" CHECK ("window_minutes" > 0);
ALTER TABLE "schedule_miss" ADD CONSTRAINT "schedule_miss_reason_known" CHECK ("reason" IN ('skipped', 'superseded', 'too_old'));
ALTER TABLE "tenant_limit" ADD CONSTRAINT "tenant_limit_over_known" CHECK ("over_limit" IN ('refuse', 'wait'));
ALTER TABLE "installation" ADD CONSTRAINT "installation_over_known" CHECK ("over_limit" IN ('refuse', 'wait'));
ALTER TABLE "task" DROP CONSTRAINT "task_kind_known";
ALTER TABLE "task"
    ADD CONSTRAINT "task_kind_known" CHECK ("kind" IN ('approval', 'form', 'call', 'webhook', 'attention')),
    ADD CONSTRAINT "task_attention_whole" CHECK ("kind" <> 'attention' OR ("cause" IS NOT NULL AND "why" IS NOT NULL));
ALTER TABLE "bulk_job" DROP CONSTRAINT "bulk_job_kind_known";
ALTER TABLE "bulk_job" ADD CONSTRAINT "bulk_job_kind_known" CHECK ("kind" IN ('retry', 'cancel', 'resolve'));
ALTER TABLE "run" ADD CONSTRAINT "run_replay_whole" CHECK (("replay_of" IS NULL) = ("replay_from" IS NULL));

-- === What the runtime looks for ===================================================================================

CREATE INDEX "run_ordered" ON "run" ("tenant_id", "workflow_id", "ordering_key", "created_at", "id")
    WHERE "ordering_key" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_repeatable" ON "run" ("created_at") WHERE "dedupe_hash" IS NOT NULL;
CREATE INDEX "run_replays" ON "run" ("tenant_id", "replay_of") WHERE "replay_of" IS NOT NULL;

CREATE INDEX "task_attention" ON "task" ("tenant_id", "created_at" DESC, "id" DESC)
    WHERE "kind" = 'attention' AND "status" = 'open';

-- What the inbox is filtered and gathered by is kept beside the request it is in.
CREATE FUNCTION "attention_facts"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    NEW."cause" := NEW."request"->>'cause';
    NEW."why" := NEW."request"->>'why';
    NEW."connection_id" := (NEW."request"->>'connection')::uuid;
    RETURN NEW;
END
$$;
CREATE TRIGGER "task_attention_facts" BEFORE INSERT ON "task"
    FOR EACH ROW WHEN (NEW."kind" = 'attention') EXECUTE FUNCTION "attention_facts"();

-- === Row-level security and grants ================================================================================

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['schedule_miss', 'tenant_turn', 'gate', 'step_cache'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY "own" ON %I TO trama_app USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"())',
            name);
    END LOOP;
    -- The engine batches over tenants in these.
    FOREACH name IN ARRAY ARRAY['schedule_miss', 'tenant_turn', 'gate'] LOOP
        EXECUTE format('CREATE POLICY "engine" ON %I TO trama_engine USING (true) WITH CHECK (true)', name);
    END LOOP;
END
$$;
-- What a step gave is reached with its tenant set, as a connection is.
CREATE POLICY "engine" ON "step_cache" TO trama_engine
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());

GRANT SELECT ON "schedule_miss", "gate", "tenant_turn", "step_cache" TO trama_app;
GRANT DELETE ON "step_cache" TO trama_app;
GRANT SELECT ("limits") ON "connection" TO trama_app;
GRANT SELECT, INSERT ON "schedule_miss" TO trama_engine;
GRANT SELECT, INSERT, UPDATE ON "tenant_turn", "gate" TO trama_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON "step_cache" TO trama_engine;
GRANT UPDATE ("responded", "dedupe_key", "dedupe_hash", "deadline_at") ON "run" TO trama_engine;

-- === The write path ===============================================================================================

-- How many more runs of a tenant may begin now. Of one tenant one claim or first write is decided after the other, each
-- by what the one before has committed (a volatile function sees that, the statement that calls it would not): the lock
-- is held until the transaction ends. So a limit is never exceeded by one.
CREATE FUNCTION "places_left"("tenant" text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE COST 10000 SET search_path = ''
AS $$
DECLARE
    most integer;
BEGIN
    SELECT coalesce(t."concurrent_runs", i."concurrent_runs") INTO most
    FROM public."installation" i LEFT JOIN public."tenant_limit" t ON t."tenant_id" = $1
    WHERE i."paused_at" IS NULL AND t."paused_at" IS NULL AND t."suspended_at" IS NULL;
    IF most IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('claim ' || $1, 0));
    RETURN most - (
        SELECT count(*) FROM public."run" r
        WHERE r."tenant_id" = $1 AND r."lease_until" IS NOT NULL AND r."finished_at" IS NULL);
END
$$;
REVOKE ALL ON FUNCTION "places_left"(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "places_left"(text) TO trama_engine;
