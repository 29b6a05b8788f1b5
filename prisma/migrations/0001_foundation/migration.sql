-- The foundation: tables as in schema.prisma, then what Prisma cannot say: roles, checks, guards, row-level security,
-- grants and the two functions that find a tenant. server/db/README.md has the reasons.

-- === Tables, indexes, foreign keys (from schema.prisma) ===========================================================

CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,
    "active_tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "tenant" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "metadata" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "member" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inviter_id" TEXT NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "workflow" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "draft" JSON NOT NULL,
    "draft_revision" INTEGER NOT NULL DEFAULT 1,
    "published_version" INTEGER,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "workflow_version" (
    "tenant_id" TEXT NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSON NOT NULL,
    "published_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_version_pkey" PRIMARY KEY ("tenant_id","workflow_id","number")
);

CREATE TABLE "hook" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "node_key" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "hook_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "schedule" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "node_key" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "missed" TEXT NOT NULL DEFAULT 'latest',
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "run" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version" INTEGER,
    "document" JSON,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "started_by" TEXT NOT NULL,
    "trigger_key" TEXT NOT NULL,
    "input" JSON NOT NULL,
    "output" JSON,
    "failure" JSON,
    "dedupe_key" TEXT,
    "actor" TEXT,
    "lease_owner" TEXT,
    "lease_token" BIGINT NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "crash_count" INTEGER NOT NULL DEFAULT 0,
    "wake_at" TIMESTAMPTZ(3),
    "notified_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "run_event" (
    "tenant_id" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "step" TEXT,
    "attempt" INTEGER,
    "data" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("tenant_id","run_id","seq")
);

CREATE TABLE "connection" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "hosts" TEXT[],
    "sealed" BYTEA NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "api_key" (
    "tenant_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

CREATE INDEX "session_user_id_idx" ON "session"("user_id");

CREATE INDEX "account_user_id_idx" ON "account"("user_id");

CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

CREATE INDEX "member_user_id_idx" ON "member"("user_id");

CREATE UNIQUE INDEX "member_tenant_id_user_id_key" ON "member"("tenant_id", "user_id");

CREATE INDEX "invitation_tenant_id_idx" ON "invitation"("tenant_id");

CREATE INDEX "workflow_tenant_id_updated_at_idx" ON "workflow"("tenant_id", "updated_at" DESC);

CREATE INDEX "hook_tenant_id_workflow_id_idx" ON "hook"("tenant_id", "workflow_id");

CREATE UNIQUE INDEX "hook_tenant_id_path_method_key" ON "hook"("tenant_id", "path", "method");

CREATE INDEX "schedule_next_at_idx" ON "schedule"("next_at");

CREATE UNIQUE INDEX "schedule_tenant_id_workflow_id_node_key_key" ON "schedule"("tenant_id", "workflow_id", "node_key");

CREATE INDEX "run_tenant_id_created_at_id_idx" ON "run"("tenant_id", "created_at" DESC, "id" DESC);

CREATE INDEX "run_tenant_id_workflow_id_created_at_idx" ON "run"("tenant_id", "workflow_id", "created_at" DESC);

CREATE UNIQUE INDEX "run_tenant_id_workflow_id_dedupe_key_key" ON "run"("tenant_id", "workflow_id", "dedupe_key");

CREATE UNIQUE INDEX "connection_tenant_id_name_key" ON "connection"("tenant_id", "name");

CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

CREATE UNIQUE INDEX "api_key_tenant_id_name_key" ON "api_key"("tenant_id", "name");

ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "member" ADD CONSTRAINT "member_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "invitation" ADD CONSTRAINT "invitation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_fkey" FOREIGN KEY ("inviter_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "workflow" ADD CONSTRAINT "workflow_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "workflow_version" ADD CONSTRAINT "workflow_version_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "hook" ADD CONSTRAINT "hook_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "schedule" ADD CONSTRAINT "schedule_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "run" ADD CONSTRAINT "run_tenant_id_workflow_id_fkey" FOREIGN KEY ("tenant_id", "workflow_id") REFERENCES "workflow"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "run_event" ADD CONSTRAINT "run_event_tenant_id_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "run"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connection" ADD CONSTRAINT "connection_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- === Checks =======================================================================================================

ALTER TABLE "user" ADD CONSTRAINT "user_email_lower" CHECK ("email" = lower("email"));

-- `app.tenant` is '' where it was set in an earlier transaction of the connection: no tenant may have that id.
ALTER TABLE "tenant"
    ADD CONSTRAINT "tenant_id_given" CHECK ("id" <> ''),
    ADD CONSTRAINT "tenant_slug_form" CHECK ("slug" ~ '^[a-z0-9](-?[a-z0-9])+$' AND length("slug") <= 48);

ALTER TABLE "member" ADD CONSTRAINT "member_role_known" CHECK ("role" IN ('owner', 'admin', 'editor', 'viewer'));

ALTER TABLE "invitation"
    ADD CONSTRAINT "invitation_role_known" CHECK ("role" IN ('owner', 'admin', 'editor', 'viewer')),
    ADD CONSTRAINT "invitation_status_known" CHECK ("status" IN ('pending', 'accepted', 'rejected', 'canceled'));

ALTER TABLE "workflow_version" ADD CONSTRAINT "workflow_version_number_positive" CHECK ("number" > 0);

ALTER TABLE "hook"
    ADD CONSTRAINT "hook_method_known" CHECK ("method" IN ('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'ANY')),
    ADD CONSTRAINT "hook_answer_known" CHECK ("answer" IN ('at_once', 'when_done', 'by_node'));

ALTER TABLE "schedule" ADD CONSTRAINT "schedule_missed_known" CHECK ("missed" IN ('skip', 'latest'));

ALTER TABLE "run"
    ADD CONSTRAINT "run_status_known"
        CHECK ("status" IN ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
    ADD CONSTRAINT "run_started_by_known" CHECK ("started_by" IN ('manual', 'webhook', 'schedule', 'api')),
    -- It walks a published version, or its own copy of a draft: exactly one of them.
    ADD CONSTRAINT "run_version_or_document" CHECK (num_nonnulls("version", "document") = 1),
    ADD CONSTRAINT "run_finished_when_terminal"
        CHECK (("status" IN ('succeeded', 'failed', 'cancelled')) = ("finished_at" IS NOT NULL));

ALTER TABLE "run_event" ADD CONSTRAINT "run_event_seq_positive" CHECK ("seq" > 0);

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_hash_sha256" CHECK (octet_length("hash") = 32);

-- === What the runtime looks for, over all tenants: small indexes of only the rows that matter ======================

CREATE INDEX "run_due" ON "run" ("wake_at") WHERE "wake_at" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_leased" ON "run" ("lease_until") WHERE "lease_until" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_queued" ON "run" ("created_at") WHERE "status" = 'queued';
CREATE INDEX "run_cancelling" ON "run" ("tenant_id", "id") WHERE "cancel_reason" IS NOT NULL AND "finished_at" IS NULL;

-- === Guards =======================================================================================================

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER "workflow_version_immutable" BEFORE UPDATE ON "workflow_version"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"('A version of a workflow never changes');

CREATE TRIGGER "run_event_immutable" BEFORE UPDATE ON "run_event"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"('What happened in a run never changes');

CREATE TRIGGER "run_terminal" BEFORE UPDATE ON "run"
    FOR EACH ROW
    WHEN (
        OLD."status" IN ('succeeded', 'failed', 'cancelled')
        AND (
            NEW."status" <> OLD."status"
            OR NEW."finished_at" IS DISTINCT FROM OLD."finished_at"
            OR NEW."last_seq" <> OLD."last_seq"
            OR NEW."output"::text IS DISTINCT FROM OLD."output"::text
            OR NEW."failure"::text IS DISTINCT FROM OLD."failure"::text
        )
    )
    EXECUTE FUNCTION "refuse_change"('A run that ended never changes');

CREATE TRIGGER "run_origin" BEFORE UPDATE ON "run"
    FOR EACH ROW
    WHEN (
        NEW."tenant_id" <> OLD."tenant_id"
        OR NEW."id" <> OLD."id"
        OR NEW."workflow_id" <> OLD."workflow_id"
        OR NEW."version" IS DISTINCT FROM OLD."version"
        OR NEW."trigger_key" <> OLD."trigger_key"
        OR NEW."started_by" <> OLD."started_by"
        OR NEW."lease_token" < OLD."lease_token"
    )
    EXECUTE FUNCTION "refuse_change"('A run keeps what it started with, and its token only grows');

-- A tenant keeps an owner. The lock makes two owners who leave at once take turns.
CREATE FUNCTION "keep_an_owner"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('trama.owners'), pg_catalog.hashtext(OLD."tenant_id"));
    -- No tenant: it is being deleted, and its members with it.
    IF EXISTS (SELECT FROM public."tenant" t WHERE t."id" = OLD."tenant_id") AND NOT EXISTS (
        SELECT FROM public."member" m
        WHERE m."tenant_id" = OLD."tenant_id" AND m."role" = 'owner' AND m."id" <> OLD."id"
    ) THEN
        RAISE EXCEPTION 'A tenant keeps at least one owner' USING ERRCODE = 'integrity_constraint_violation', TABLE = 'member';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE TRIGGER "member_owner_demoted" BEFORE UPDATE ON "member"
    FOR EACH ROW
    WHEN (OLD."role" = 'owner' AND (NEW."role" <> 'owner' OR NEW."tenant_id" <> OLD."tenant_id"))
    EXECUTE FUNCTION "keep_an_owner"();

CREATE TRIGGER "member_owner_removed" BEFORE DELETE ON "member"
    FOR EACH ROW WHEN (OLD."role" = 'owner') EXECUTE FUNCTION "keep_an_owner"();

-- === Roles ========================================================================================================
-- Groups without a login. Roles belong to the whole cluster, so another database may have made them, even just now.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['trama_app', 'trama_engine', 'trama_auth', 'trama_resolver'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
    END LOOP;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO trama_app, trama_engine, trama_auth, trama_resolver;

-- BullMQ makes its own tables, as the engine's login.
CREATE SCHEMA IF NOT EXISTS bullmq;
GRANT USAGE, CREATE ON SCHEMA bullmq TO trama_engine;

-- === Row-level security: forced, so that it holds for the tables' owner too =========================================

-- The tenant of this transaction, or null. STABLE and inlined, so that it is an index condition.
CREATE FUNCTION "current_tenant"() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.tenant', true), '');
REVOKE ALL ON FUNCTION "current_tenant"() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "current_tenant"() TO trama_app, trama_engine;

ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "tenant" FOR SELECT TO trama_app, trama_engine USING ("id" = "current_tenant"());
CREATE POLICY "auth" ON "tenant" TO trama_auth USING (true) WITH CHECK (true);
CREATE POLICY "resolver" ON "tenant" FOR SELECT TO trama_resolver USING (true);

ALTER TABLE "workflow" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "workflow" TO trama_app, trama_engine
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());

ALTER TABLE "workflow_version" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "workflow_version" TO trama_app, trama_engine
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());

ALTER TABLE "hook" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "hook" TO trama_app
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());
CREATE POLICY "resolver" ON "hook" FOR SELECT TO trama_resolver USING (true);

ALTER TABLE "connection" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "connection" TO trama_app, trama_engine
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());

ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "api_key" TO trama_app
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());
CREATE POLICY "resolver" ON "api_key" FOR SELECT TO trama_resolver USING (true);

-- The run tables: the engine batches over tenants.
ALTER TABLE "run" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "run" TO trama_app
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());
CREATE POLICY "engine" ON "run" TO trama_engine USING (true) WITH CHECK (true);

ALTER TABLE "run_event" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "run_event" TO trama_app
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());
CREATE POLICY "engine" ON "run_event" TO trama_engine USING (true) WITH CHECK (true);

ALTER TABLE "schedule" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "schedule" TO trama_app
    USING ("tenant_id" = "current_tenant"()) WITH CHECK ("tenant_id" = "current_tenant"());
CREATE POLICY "engine" ON "schedule" TO trama_engine USING (true) WITH CHECK (true);

-- === Grants: the least each role needs =============================================================================

GRANT SELECT, INSERT, UPDATE, DELETE
    ON "user", "session", "account", "verification", "tenant", "member", "invitation" TO trama_auth;

GRANT SELECT ON "tenant" TO trama_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "workflow", "hook", "schedule" TO trama_app;
GRANT SELECT, INSERT ON "workflow_version" TO trama_app;
GRANT SELECT ON "run", "run_event" TO trama_app;
-- The web writes secrets and never reads them back: no SELECT on `sealed` and `hash`.
GRANT SELECT ("tenant_id", "id", "name", "kind", "hosts", "created_by", "created_at", "updated_at"),
    INSERT, UPDATE, DELETE ON "connection" TO trama_app;
GRANT SELECT ("tenant_id", "id", "name", "prefix", "scopes", "created_by", "created_at", "expires_at", "revoked_at", "last_used_at"),
    INSERT, UPDATE ("name", "revoked_at", "last_used_at"), DELETE ON "api_key" TO trama_app;

GRANT SELECT ("id", "name", "slug") ON "tenant" TO trama_engine;
GRANT SELECT ("tenant_id", "id", "name", "published_version") ON "workflow" TO trama_engine;
GRANT SELECT ON "workflow_version", "connection" TO trama_engine;
GRANT SELECT, INSERT, UPDATE (
    "status", "output", "failure", "lease_owner", "lease_token", "lease_until", "crash_count",
    "wake_at", "notified_at", "cancel_reason", "last_seq", "started_at", "finished_at"
) ON "run" TO trama_engine;
GRANT SELECT, INSERT ON "run_event" TO trama_engine;
GRANT SELECT, UPDATE ("next_at") ON "schedule" TO trama_engine;

GRANT SELECT ("id", "slug") ON "tenant" TO trama_resolver;
GRANT SELECT ("tenant_id", "user_id", "role") ON "member" TO trama_resolver;
GRANT SELECT ("tenant_id", "workflow_id", "version", "node_key", "method", "path", "answer") ON "hook" TO trama_resolver;
GRANT SELECT ("tenant_id", "id", "hash", "scopes", "created_by", "expires_at", "revoked_at") ON "api_key" TO trama_resolver;

-- === The two questions that come without a tenant ==================================================================

-- Which trigger a public address belongs to. A hook for exactly this method goes before one for any.
CREATE FUNCTION "resolve_hook"("slug" text, "method" text, "path" text)
    RETURNS TABLE ("tenant_id" text, "workflow_id" uuid, "version" integer, "node_key" text, "answer" text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT h."tenant_id", h."workflow_id", h."version", h."node_key", h."answer"
    FROM public."tenant" t
    JOIN public."hook" h ON h."tenant_id" = t."id"
    WHERE t."slug" = $1 AND h."path" = $3 AND h."method" IN ($2, 'ANY')
    ORDER BY h."method" = 'ANY'
    LIMIT 1
$$;

-- Whose key this is: nothing when it is revoked, has expired, or its maker is no member any more.
CREATE FUNCTION "resolve_api_key"("hash" bytea)
    RETURNS TABLE ("tenant_id" text, "slug" text, "id" uuid, "scopes" text[], "maker" text, "role" text, "expires_at" timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT k."tenant_id", t."slug", k."id", k."scopes", k."created_by", m."role", k."expires_at"
    FROM public."api_key" k
    JOIN public."tenant" t ON t."id" = k."tenant_id"
    JOIN public."member" m ON m."tenant_id" = k."tenant_id" AND m."user_id" = k."created_by"
    WHERE k."hash" = $1 AND k."revoked_at" IS NULL AND (k."expires_at" IS NULL OR k."expires_at" > now())
$$;

REVOKE ALL ON FUNCTION "resolve_hook"(text, text, text), "resolve_api_key"(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "resolve_hook"(text, text, text), "resolve_api_key"(bytea) TO trama_app;

-- Who owns a function decides what it may see. An owner who is no superuser must be able to act as the role it gives to,
-- and that role to create in the schema, both only for these two statements.
DO $$
DECLARE
    needed boolean := NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
BEGIN
    GRANT CREATE ON SCHEMA public TO trama_resolver;
    IF needed THEN GRANT trama_resolver TO CURRENT_USER; END IF;
    ALTER FUNCTION "resolve_hook"(text, text, text) OWNER TO trama_resolver;
    ALTER FUNCTION "resolve_api_key"(bytea) OWNER TO trama_resolver;
    IF needed THEN REVOKE trama_resolver FROM CURRENT_USER; END IF;
    REVOKE CREATE ON SCHEMA public FROM trama_resolver;
END
$$;
