-- The engine: ordering keys, deadlines, replays, fair turns, missed schedules, connections' health, kept results.

ALTER TABLE "run" ADD COLUMN     "dedupe_hash" BYTEA,
ADD COLUMN     "ordering_key" TEXT,
ADD COLUMN     "deadline_at" TIMESTAMPTZ(3),
ADD COLUMN     "replay_of" UUID,
ADD COLUMN     "replay_from" TEXT,
ADD COLUMN     "responded" JSON;

ALTER TABLE "schedule" ADD COLUMN     "window_minutes" INTEGER NOT NULL DEFAULT 1440;

ALTER TABLE "tenant_limit" ADD COLUMN     "daily_runs" INTEGER,
ADD COLUMN     "over_limit" TEXT;

ALTER TABLE "installation" ADD COLUMN     "daily_runs" INTEGER,
ADD COLUMN     "over_limit" TEXT NOT NULL DEFAULT 'refuse';

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

CREATE TABLE "connection_health" (
    "tenant_id" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_health_pkey" PRIMARY KEY ("tenant_id","connection_id")
);

CREATE TABLE "step_cache" (
    "tenant_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "output" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_cache_pkey" PRIMARY KEY ("tenant_id","key")
);

CREATE INDEX "step_cache_tenant_id_expires_at_idx" ON "step_cache"("tenant_id", "expires_at");

ALTER TABLE "schedule_miss" ADD CONSTRAINT "schedule_miss_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "tenant_turn" ADD CONSTRAINT "tenant_turn_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connection_health" ADD CONSTRAINT "connection_health_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connection"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "step_cache" ADD CONSTRAINT "step_cache_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- === Checks =======================================================================================================

ALTER TABLE "schedule" DROP CONSTRAINT "schedule_missed_known";
ALTER TABLE "schedule"
    ADD CONSTRAINT "schedule_missed_known" CHECK ("missed" IN ('skip', 'latest', 'all')),
    ADD CONSTRAINT "schedule_window_positive" CHECK ("window_minutes" > 0);
ALTER TABLE "schedule_miss" ADD CONSTRAINT "schedule_miss_reason_known" CHECK ("reason" IN ('skipped', 'superseded', 'too_old'));
ALTER TABLE "tenant_limit" ADD CONSTRAINT "tenant_limit_over_known" CHECK ("over_limit" IN ('refuse', 'wait'));
ALTER TABLE "installation" ADD CONSTRAINT "installation_over_known" CHECK ("over_limit" IN ('refuse', 'wait'));
ALTER TABLE "run" ADD CONSTRAINT "run_replay_whole" CHECK (("replay_of" IS NULL) = ("replay_from" IS NULL));

-- === What the runtime looks for ===================================================================================

CREATE INDEX "run_ordered" ON "run" ("tenant_id", "workflow_id", "ordering_key", "created_at", "id")
    WHERE "ordering_key" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_deadline" ON "run" ("deadline_at") WHERE "deadline_at" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_replays" ON "run" ("tenant_id", "replay_of") WHERE "replay_of" IS NOT NULL;

-- === Row-level security and grants ================================================================================

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['schedule_miss', 'tenant_turn', 'connection_health', 'step_cache'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY "own" ON %I TO trama_app USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"())',
            name);
    END LOOP;
    -- The engine batches over tenants in these.
    FOREACH name IN ARRAY ARRAY['schedule_miss', 'tenant_turn', 'connection_health'] LOOP
        EXECUTE format('CREATE POLICY "engine" ON %I TO trama_engine USING (true) WITH CHECK (true)', name);
    END LOOP;
END
$$;
-- What a step gave is reached with its tenant set, as a connection is.
CREATE POLICY "engine" ON "step_cache" TO trama_engine
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());

GRANT SELECT ON "schedule_miss", "connection_health", "tenant_turn", "step_cache" TO trama_app;
GRANT DELETE ON "step_cache" TO trama_app;
GRANT SELECT, INSERT ON "schedule_miss" TO trama_engine;
GRANT SELECT, INSERT, UPDATE ON "tenant_turn", "connection_health" TO trama_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON "step_cache" TO trama_engine;
GRANT UPDATE ("responded", "dedupe_key", "dedupe_hash", "deadline_at") ON "run" TO trama_engine;
