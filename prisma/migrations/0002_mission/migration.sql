-- Agents, integrations, a shared library and monitoring: tables as in schema.prisma, then roles, checks, guards,
-- row-level security and grants as in the foundation. server/db/README.md has the reasons.

-- === Tables, columns, indexes, foreign keys (from schema.prisma) ==================================================

ALTER TABLE "workflow" ADD COLUMN     "paused_at" TIMESTAMPTZ(3);

ALTER TABLE "hook" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'webhook';

ALTER TABLE "run" ADD COLUMN     "cost_usd" DECIMAL(14,6) NOT NULL DEFAULT 0,
ADD COLUMN     "depth" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "failure_key" TEXT,
ADD COLUMN     "input_tokens" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "output_tokens" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "parent_run_id" UUID,
ADD COLUMN     "parent_task_id" UUID,
ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

ALTER TABLE "connection" ADD COLUMN     "account" TEXT,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'ok',
ADD COLUMN     "trouble" TEXT;

CREATE TABLE "task" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "title" TEXT NOT NULL DEFAULT '',
    "request" JSON NOT NULL,
    "role" TEXT,
    "deadline_at" TIMESTAMPTZ(3),
    "escalate_at" TIMESTAMPTZ(3),
    "escalate_to" TEXT,
    "answer" JSON,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "file" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "poll" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "node_key" TEXT NOT NULL,
    "every_ms" INTEGER NOT NULL,
    "cursor" JSON,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failure" JSON,

    CONSTRAINT "poll_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "state_entry" (
    "tenant_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSON NOT NULL,
    "last_op" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "state_entry_pkey" PRIMARY KEY ("tenant_id","scope","key")
);

CREATE TABLE "conversation_message" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "message" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_message_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "oauth_state" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_state_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "library_item" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "workflow_id" UUID,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "icon" TEXT NOT NULL DEFAULT 'workflow',
    "tags" TEXT[],
    "visibility" TEXT NOT NULL DEFAULT 'tenant',
    "latest_version" INTEGER,
    "installs" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "library_item_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "library_version" (
    "tenant_id" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "icon" TEXT NOT NULL DEFAULT 'workflow',
    "tags" TEXT[],
    "document" JSON NOT NULL,
    "readme" TEXT NOT NULL DEFAULT '',
    "parameters" JSON NOT NULL,
    "capabilities" JSON NOT NULL,
    "translations" JSON NOT NULL,
    "changes" TEXT NOT NULL DEFAULT '',
    "hash" BYTEA NOT NULL,
    "review" TEXT NOT NULL DEFAULT 'none',
    "reviewed_by" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "review_note" TEXT,
    "published_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "library_version_pkey" PRIMARY KEY ("tenant_id","item_id","number")
);

CREATE TABLE "library_share" (
    "tenant_id" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "to_tenant_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "library_share_pkey" PRIMARY KEY ("tenant_id","item_id","to_tenant_id")
);

CREATE TABLE "install" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "publisher_id" TEXT NOT NULL,
    "item_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "base" JSON NOT NULL,
    "values" JSON NOT NULL,
    "before" JSON,
    "installed_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "install_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "tenant_limit" (
    "tenant_id" TEXT NOT NULL,
    "weight" INTEGER NOT NULL DEFAULT 1,
    "concurrent_runs" INTEGER,
    "runs_per_minute" INTEGER,
    "queued_runs" INTEGER,
    "storage_mb" INTEGER,
    "monthly_cost_usd" DECIMAL(12,2),
    "paused_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "suspended_why" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_limit_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "paused_at" TIMESTAMPTZ(3),
    "concurrent_runs" INTEGER NOT NULL DEFAULT 50,
    "runs_per_minute" INTEGER NOT NULL DEFAULT 6000,
    "queued_runs" INTEGER NOT NULL DEFAULT 10000,
    "storage_mb" INTEGER NOT NULL DEFAULT 10240,
    "monthly_cost_usd" DECIMAL(12,2),
    "usage_until" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "process" (
    "id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "process_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "usage_day" (
    "tenant_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "cancelled" INTEGER NOT NULL DEFAULT 0,
    "run_ms" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_usd" DECIMAL(14,6) NOT NULL DEFAULT 0,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("tenant_id","day")
);

CREATE TABLE "alert_rule" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "workflow_id" UUID,
    "settings" JSON NOT NULL,
    "channel" TEXT NOT NULL,
    "target" JSON NOT NULL,
    "connection_id" UUID,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "quiet_minutes" INTEGER NOT NULL DEFAULT 15,
    "last_raised_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "alert" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "summary" TEXT NOT NULL,
    "detail" JSON NOT NULL,
    "delivery" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "trouble" TEXT,
    "next_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "audit_entry" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL DEFAULT '',
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL DEFAULT '',
    "subject_id" TEXT,
    "subject_name" TEXT NOT NULL DEFAULT '',
    "detail" JSON NOT NULL,
    "ip" TEXT,
    "request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "bulk_job" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "filter" JSON NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_job_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE INDEX "task_tenant_id_run_id_idx" ON "task"("tenant_id", "run_id");

CREATE INDEX "task_tenant_id_status_created_at_idx" ON "task"("tenant_id", "status", "created_at" DESC);

CREATE INDEX "file_tenant_id_created_at_idx" ON "file"("tenant_id", "created_at");

CREATE INDEX "poll_next_at_idx" ON "poll"("next_at");

CREATE UNIQUE INDEX "poll_tenant_id_workflow_id_node_key_key" ON "poll"("tenant_id", "workflow_id", "node_key");

CREATE INDEX "conversation_message_tenant_id_workflow_id_agent_conversati_idx" ON "conversation_message"("tenant_id", "workflow_id", "agent", "conversation", "created_at");

CREATE UNIQUE INDEX "conversation_message_tenant_id_workflow_id_agent_conversati_key" ON "conversation_message"("tenant_id", "workflow_id", "agent", "conversation", "source");

CREATE UNIQUE INDEX "library_item_tenant_id_slug_key" ON "library_item"("tenant_id", "slug");

CREATE INDEX "library_share_to_tenant_id_idx" ON "library_share"("to_tenant_id");

CREATE INDEX "install_publisher_id_item_id_idx" ON "install"("publisher_id", "item_id");

CREATE UNIQUE INDEX "install_tenant_id_workflow_id_key" ON "install"("tenant_id", "workflow_id");

CREATE INDEX "alert_tenant_id_created_at_idx" ON "alert"("tenant_id", "created_at" DESC);

CREATE INDEX "audit_entry_tenant_id_at_id_idx" ON "audit_entry"("tenant_id", "at" DESC, "id" DESC);

ALTER TABLE "task" ADD CONSTRAINT "task_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "task" ADD CONSTRAINT "task_tenant_id_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "run"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "file" ADD CONSTRAINT "file_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "poll" ADD CONSTRAINT "poll_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "state_entry" ADD CONSTRAINT "state_entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "conversation_message" ADD CONSTRAINT "conversation_message_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "oauth_state" ADD CONSTRAINT "oauth_state_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connection"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "library_item" ADD CONSTRAINT "library_item_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "library_version" ADD CONSTRAINT "library_version_tenant_id_item_id_fkey" FOREIGN KEY ("tenant_id", "item_id") REFERENCES "library_item"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "library_share" ADD CONSTRAINT "library_share_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "library_share" ADD CONSTRAINT "library_share_tenant_id_item_id_fkey" FOREIGN KEY ("tenant_id", "item_id") REFERENCES "library_item"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "install" ADD CONSTRAINT "install_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "install" ADD CONSTRAINT "install_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "tenant_limit" ADD CONSTRAINT "tenant_limit_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert" ADD CONSTRAINT "alert_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert" ADD CONSTRAINT "alert_tenant_id_rule_id_fkey" FOREIGN KEY ("tenant_id", "rule_id") REFERENCES "alert_rule"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "bulk_job" ADD CONSTRAINT "bulk_job_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- === Checks =======================================================================================================

ALTER TABLE "run" DROP CONSTRAINT "run_started_by_known";
ALTER TABLE "run"
    ADD CONSTRAINT "run_started_by_known" CHECK ("started_by" IN
        ('manual', 'webhook', 'schedule', 'api', 'event', 'poll', 'chat', 'form', 'call', 'error')),
    ADD CONSTRAINT "run_depth_bounded" CHECK ("depth" BETWEEN 0 AND 20);

-- What ended before there was anything to settle is settled. An owner who is no superuser sees no row while the policies
-- are forced on it.
ALTER TABLE "run" NO FORCE ROW LEVEL SECURITY;
UPDATE "run" SET "settled_at" = "finished_at" WHERE "finished_at" IS NOT NULL;
ALTER TABLE "run" FORCE ROW LEVEL SECURITY;

ALTER TABLE "hook" DROP CONSTRAINT "hook_answer_known";
ALTER TABLE "hook"
    ADD CONSTRAINT "hook_answer_known" CHECK ("answer" IN ('at_once', 'when_done', 'by_node', 'by_trigger')),
    ADD CONSTRAINT "hook_kind_known" CHECK ("kind" IN ('webhook', 'event', 'chat', 'form'));

ALTER TABLE "connection" ADD CONSTRAINT "connection_status_known" CHECK ("status" IN ('ok', 'reconnect'));

ALTER TABLE "task"
    ADD CONSTRAINT "task_kind_known" CHECK ("kind" IN ('approval', 'form', 'call', 'webhook')),
    ADD CONSTRAINT "task_status_known" CHECK ("status" IN ('open', 'answered', 'expired', 'cancelled')),
    ADD CONSTRAINT "task_role_known" CHECK ("role" IN ('viewer', 'editor', 'admin', 'owner')),
    ADD CONSTRAINT "task_escalate_to_known" CHECK ("escalate_to" IN ('viewer', 'editor', 'admin', 'owner')),
    ADD CONSTRAINT "task_answer_when_answered" CHECK (("status" = 'answered') = ("answer" IS NOT NULL));

ALTER TABLE "file" ADD CONSTRAINT "file_sha256" CHECK (octet_length("sha256") = 32);

ALTER TABLE "library_item" ADD CONSTRAINT "library_item_visibility_known"
    CHECK ("visibility" IN ('tenant', 'chosen', 'installation'));
ALTER TABLE "library_version"
    ADD CONSTRAINT "library_version_number_positive" CHECK ("number" > 0),
    ADD CONSTRAINT "library_version_review_known" CHECK ("review" IN ('none', 'pending', 'approved', 'rejected')),
    ADD CONSTRAINT "library_version_hash" CHECK (octet_length("hash") = 32);

ALTER TABLE "tenant_limit"
    ADD CONSTRAINT "tenant_limit_weight" CHECK ("weight" BETWEEN 1 AND 1000),
    ADD CONSTRAINT "tenant_limit_not_negative" CHECK (
        least("concurrent_runs", "runs_per_minute", "queued_runs", "storage_mb", "monthly_cost_usd") >= 0);

ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK ("id" = 1);
INSERT INTO "installation" ("id") VALUES (1);

ALTER TABLE "alert_rule"
    ADD CONSTRAINT "alert_rule_kind_known" CHECK ("kind" IN ('failure', 'failure_rate', 'missed_schedule')),
    ADD CONSTRAINT "alert_rule_channel_known" CHECK ("channel" IN ('email', 'slack', 'webhook'));
ALTER TABLE "alert" ADD CONSTRAINT "alert_delivery_known" CHECK ("delivery" IN ('pending', 'sent', 'failed'));

ALTER TABLE "bulk_job"
    ADD CONSTRAINT "bulk_job_kind_known" CHECK ("kind" IN ('retry', 'cancel')),
    ADD CONSTRAINT "bulk_job_status_known" CHECK ("status" IN ('running', 'done', 'cancelled'));

ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_actor_known"
    CHECK ("actor_kind" IN ('user', 'api_key', 'admin', 'system'));

-- === What the runtime looks for, over all tenants: small indexes of only the rows that matter ======================

CREATE INDEX "run_unsettled" ON "run" ("finished_at") WHERE "finished_at" IS NOT NULL AND "settled_at" IS NULL;
CREATE INDEX "run_active" ON "run" ("tenant_id") WHERE "lease_until" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_waiting_in_line" ON "run" ("tenant_id", "created_at") WHERE "status" = 'queued';
CREATE INDEX "run_failure" ON "run" ("tenant_id", "failure_key", "created_at" DESC) WHERE "failure_key" IS NOT NULL;
CREATE INDEX "run_parent" ON "run" ("tenant_id", "parent_run_id") WHERE "parent_run_id" IS NOT NULL;
CREATE INDEX "run_called" ON "run" ("tenant_id", "parent_task_id") WHERE "parent_task_id" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_finished_lately" ON "run" USING brin ("finished_at") WHERE "finished_at" IS NOT NULL;
CREATE INDEX "run_open" ON "run" ("tenant_id", "created_at" DESC, "id" DESC) WHERE "finished_at" IS NULL;
CREATE INDEX "run_finished" ON "run" ("tenant_id", "finished_at") WHERE "finished_at" IS NOT NULL;
CREATE INDEX "task_due" ON "task" ("deadline_at") WHERE "status" = 'open' AND "deadline_at" IS NOT NULL;
CREATE INDEX "task_escalating" ON "task" ("escalate_at") WHERE "status" = 'open' AND "escalate_at" IS NOT NULL;
CREATE INDEX "alert_undelivered" ON "alert" ("next_at") WHERE "delivery" = 'pending';
CREATE INDEX "bulk_job_running" ON "bulk_job" ("created_at") WHERE "status" = 'running';
CREATE INDEX "library_version_pending" ON "library_version" ("created_at") WHERE "review" = 'pending';

-- === Guards =======================================================================================================

CREATE TRIGGER "audit_entry_immutable" BEFORE UPDATE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"('The audit log never changes');

CREATE TRIGGER "library_version_immutable" BEFORE UPDATE ON "library_version"
    FOR EACH ROW
    WHEN (
        NEW."tenant_id" <> OLD."tenant_id" OR NEW."item_id" <> OLD."item_id" OR NEW."number" <> OLD."number"
        OR NEW."document"::text <> OLD."document"::text OR NEW."parameters"::text <> OLD."parameters"::text
        OR NEW."capabilities"::text <> OLD."capabilities"::text OR NEW."translations"::text <> OLD."translations"::text
        OR NEW."readme" <> OLD."readme" OR NEW."hash" <> OLD."hash" OR NEW."name" <> OLD."name"
        OR NEW."summary" <> OLD."summary" OR NEW."icon" <> OLD."icon" OR NEW."tags" <> OLD."tags"
        OR NEW."changes" <> OLD."changes"
    )
    EXECUTE FUNCTION "refuse_change"('A version of a library item never changes');

-- What everybody on the installation sees of an item, its administration has reviewed.
CREATE TRIGGER "library_item_reviewed_first" BEFORE INSERT ON "library_item"
    FOR EACH ROW
    WHEN (NEW."visibility" = 'installation' AND NOT pg_has_role(current_user, 'trama_admin', 'member'))
    EXECUTE FUNCTION "refuse_change"('An item is shown to the installation by a review');
CREATE TRIGGER "library_item_reviewed" BEFORE UPDATE ON "library_item"
    FOR EACH ROW
    WHEN (
        NEW."visibility" = 'installation' AND NOT pg_has_role(current_user, 'trama_admin', 'member') AND (
            OLD."visibility" <> 'installation' OR NEW."name" <> OLD."name" OR NEW."summary" <> OLD."summary"
            OR NEW."icon" <> OLD."icon" OR NEW."tags" <> OLD."tags"
            OR NEW."latest_version" IS DISTINCT FROM OLD."latest_version")
    )
    EXECUTE FUNCTION "refuse_change"('An item is shown to the installation by a review');

-- A task is decided once.
CREATE TRIGGER "task_decided" BEFORE UPDATE ON "task"
    FOR EACH ROW
    WHEN (OLD."status" <> 'open' AND (NEW."status" <> OLD."status" OR NEW."answer"::text IS DISTINCT FROM OLD."answer"::text))
    EXECUTE FUNCTION "refuse_change"('A task is answered once');

-- === Role of the installation's administration ====================================================================

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'trama_admin') THEN
        BEGIN
            CREATE ROLE trama_admin NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO trama_admin;

-- === Row-level security ===========================================================================================

-- Tables that are a tenant's own and nothing more.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'task', 'file', 'poll', 'state_entry', 'conversation_message', 'oauth_state', 'library_item', 'library_version',
        'library_share', 'install', 'tenant_limit', 'usage_day', 'alert_rule', 'alert', 'audit_entry', 'bulk_job'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY "own" ON %I TO trama_app USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"())',
            name);
    END LOOP;
    -- The engine reaches these with a tenant set, as it does a connection.
    FOREACH name IN ARRAY ARRAY['file', 'state_entry', 'conversation_message', 'audit_entry'] LOOP
        EXECUTE format(
            'CREATE POLICY "engine" ON %I TO trama_engine USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"())',
            name);
    END LOOP;
    -- The engine batches over tenants in these.
    FOREACH name IN ARRAY ARRAY['task', 'poll', 'tenant_limit', 'usage_day', 'alert_rule', 'alert', 'bulk_job'] LOOP
        EXECUTE format('CREATE POLICY "engine" ON %I TO trama_engine USING (true) WITH CHECK (true)', name);
    END LOOP;
    -- The installation's administration sees over all tenants, as far as its grants go.
    FOREACH name IN ARRAY ARRAY[
        'tenant', 'workflow', 'run', 'library_item', 'library_version', 'tenant_limit', 'usage_day', 'alert', 'audit_entry'
    ] LOOP
        EXECUTE format('CREATE POLICY "admin" ON %I TO trama_admin USING (true) WITH CHECK (true)', name);
    END LOOP;
END
$$;

ALTER TABLE "installation" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "installation" TO trama_app, trama_engine, trama_admin USING (true) WITH CHECK (true);
ALTER TABLE "process" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "process" TO trama_engine, trama_admin USING (true) WITH CHECK (true);

-- What one tenant publishes and another may see.
CREATE POLICY "shared" ON "library_share" FOR SELECT TO trama_app USING ("to_tenant_id" = "current_tenant"());
CREATE POLICY "published" ON "library_item" FOR SELECT TO trama_app USING (
    "current_tenant"() IS NOT NULL AND "withdrawn_at" IS NULL AND "latest_version" IS NOT NULL AND (
        "visibility" = 'installation'
        OR ("visibility" = 'chosen' AND EXISTS (
            SELECT FROM "library_share" s
            WHERE s."tenant_id" = "library_item"."tenant_id" AND s."item_id" = "library_item"."id"
                AND s."to_tenant_id" = "current_tenant"()))));
-- The item's own policies hold inside.
CREATE POLICY "published" ON "library_version" FOR SELECT TO trama_app USING (
    EXISTS (
        SELECT FROM "library_item" i
        WHERE i."tenant_id" = "library_version"."tenant_id" AND i."id" = "library_version"."item_id"
            AND ((i."visibility" = 'chosen' AND "library_version"."review" = 'none')
                OR "library_version"."review" = 'approved')));
-- Nobody approves their own.
CREATE POLICY "unreviewed" ON "library_version" AS RESTRICTIVE FOR INSERT TO trama_app
    WITH CHECK ("review" IN ('none', 'pending'));

CREATE POLICY "resolver" ON "install" FOR SELECT TO trama_resolver USING (true);

-- Whose runs wait in line: the sweeper leaves them there.
CREATE POLICY "paused" ON "workflow" FOR SELECT TO trama_engine USING ("paused_at" IS NOT NULL);
CREATE POLICY "resolver" ON "library_item" FOR SELECT TO trama_resolver USING (true);

-- === Grants =======================================================================================================

GRANT SELECT ON "task", "poll", "usage_day", "tenant_limit", "installation", "state_entry", "conversation_message", "alert" TO trama_app;
GRANT DELETE ON "state_entry", "conversation_message" TO trama_app;
GRANT INSERT, UPDATE, DELETE ON "poll" TO trama_app;
GRANT SELECT, INSERT ON "file", "audit_entry" TO trama_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "library_item", "library_share", "install", "alert_rule" TO trama_app;
GRANT SELECT, INSERT ON "library_version" TO trama_app;
GRANT SELECT, INSERT, UPDATE ("used_at"), DELETE ON "oauth_state" TO trama_app;
GRANT SELECT, INSERT, UPDATE ("status", "finished_at") ON "bulk_job" TO trama_app;
GRANT SELECT ("status", "trouble", "account", "expires_at") ON "connection" TO trama_app;

GRANT UPDATE ("cost_usd", "input_tokens", "output_tokens", "failure_key", "settled_at") ON "run" TO trama_engine;
GRANT SELECT ("paused_at") ON "workflow" TO trama_engine;
GRANT SELECT, INSERT, UPDATE ON "task" TO trama_engine;
GRANT SELECT, INSERT ON "file", "conversation_message", "audit_entry" TO trama_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON "state_entry" TO trama_engine;
GRANT SELECT, UPDATE ("cursor", "next_at", "lease_until", "failures", "failure") ON "poll" TO trama_engine;
GRANT UPDATE ("sealed", "status", "trouble", "account", "expires_at") ON "connection" TO trama_engine;
GRANT SELECT ON "tenant_limit", "installation" TO trama_engine;
GRANT UPDATE ("usage_until") ON "installation" TO trama_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON "process" TO trama_engine;
GRANT SELECT, INSERT, UPDATE ON "usage_day", "alert" TO trama_engine;
GRANT SELECT, UPDATE ("last_raised_at") ON "alert_rule" TO trama_engine;
GRANT SELECT, UPDATE ("status", "done", "refused", "cursor", "lease_until", "finished_at") ON "bulk_job" TO trama_engine;

GRANT SELECT ("id", "name", "slug", "created_at") ON "tenant" TO trama_admin;
GRANT SELECT ("tenant_id", "id", "name", "published_version", "paused_at") ON "workflow" TO trama_admin;
GRANT SELECT (
    "tenant_id", "id", "workflow_id", "version", "status", "started_by", "failure_key", "cost_usd", "input_tokens",
    "output_tokens", "lease_until", "wake_at", "created_at", "started_at", "finished_at"
) ON "run" TO trama_admin;
GRANT SELECT ON "library_item", "library_version", "usage_day", "process", "alert" TO trama_admin;
GRANT UPDATE ("visibility", "name", "summary", "icon", "tags", "latest_version", "updated_at") ON "library_item" TO trama_admin;
GRANT UPDATE ("review", "reviewed_by", "reviewed_at", "review_note") ON "library_version" TO trama_admin;
GRANT SELECT, INSERT, UPDATE ON "tenant_limit", "installation" TO trama_admin;
GRANT SELECT, INSERT ON "audit_entry" TO trama_admin;

GRANT SELECT ("tenant_id", "publisher_id", "item_id", "version") ON "install" TO trama_resolver;
GRANT SELECT ("tenant_id", "visibility", "latest_version", "withdrawn_at") ON "library_item" TO trama_resolver;
GRANT SELECT ("name") ON "tenant" TO trama_resolver;
GRANT SELECT ("kind") ON "hook" TO trama_resolver;

-- === Functions that see past a tenant =============================================================================

DROP FUNCTION "resolve_hook"(text, text, text);
CREATE FUNCTION "resolve_hook"("slug" text, "method" text, "path" text)
    RETURNS TABLE ("tenant_id" text, "workflow_id" uuid, "version" integer, "node_key" text, "answer" text, "kind" text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT h."tenant_id", h."workflow_id", h."version", h."node_key", h."answer", h."kind"
    FROM public."tenant" t
    JOIN public."hook" h ON h."tenant_id" = t."id"
    WHERE t."slug" = $1 AND h."path" = $3 AND h."method" IN ($2, 'ANY')
    ORDER BY h."method" = 'ANY'
    LIMIT 1
$$;

-- How many workflows run which version of these items; nothing about whose they are.
CREATE FUNCTION "count_installs"("items" uuid[])
    RETURNS TABLE ("item_id" uuid, "version" integer, "installs" bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT i."item_id", i."version", count(*) FROM public."install" i
    WHERE i."item_id" = ANY ($1) GROUP BY i."item_id", i."version"
$$;

-- What those are called who publish to others; of anybody else nothing.
CREATE FUNCTION "name_publishers"("ids" text[])
    RETURNS TABLE ("id" text, "name" text, "slug" text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT t."id", t."name", t."slug" FROM public."tenant" t
    WHERE t."id" = ANY ($1) AND EXISTS (
        SELECT FROM public."library_item" i
        WHERE i."tenant_id" = t."id" AND i."visibility" <> 'tenant' AND i."latest_version" IS NOT NULL)
$$;

REVOKE ALL ON FUNCTION "resolve_hook"(text, text, text), "count_installs"(uuid[]), "name_publishers"(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "resolve_hook"(text, text, text), "count_installs"(uuid[]), "name_publishers"(text[]) TO trama_app;

DO $$
DECLARE
    needed boolean := NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
BEGIN
    GRANT CREATE ON SCHEMA public TO trama_resolver;
    IF needed THEN GRANT trama_resolver TO CURRENT_USER; END IF;
    ALTER FUNCTION "resolve_hook"(text, text, text) OWNER TO trama_resolver;
    ALTER FUNCTION "count_installs"(uuid[]) OWNER TO trama_resolver;
    ALTER FUNCTION "name_publishers"(text[]) OWNER TO trama_resolver;
    IF needed THEN REVOKE trama_resolver FROM CURRENT_USER; END IF;
    REVOKE CREATE ON SCHEMA public FROM trama_resolver;
END
$$;

-- === The publisher of what ships with the product =================================================================

ALTER TABLE "tenant" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "tenant" ("id", "name", "slug") VALUES ('trama', 'Trama', 'trama-library') ON CONFLICT DO NOTHING;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
