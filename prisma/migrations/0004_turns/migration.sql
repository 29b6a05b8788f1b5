-- Fair turns (decision 016): tenants stand in line, and workers take the runs of those whose turn it is.

ALTER TABLE "run" ADD COLUMN     "behind" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "tenant_turn" ADD COLUMN     "in_line" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "look_at" TIMESTAMPTZ(3);

CREATE INDEX "tenant_turn_in_line_time_tenant_id_idx" ON "tenant_turn"("in_line", "time", "tenant_id");

GRANT UPDATE ("behind") ON "run" TO trama_engine;

-- === What a claim looks for, by tenant: small indexes of only the rows that matter =================================

DROP INDEX "run_due";
DROP INDEX "run_queued";
CREATE INDEX "run_next" ON "run" ("tenant_id", "created_at", "id")
    WHERE "status" = 'queued' AND "wake_at" IS NULL AND NOT "behind";
CREATE INDEX "run_due" ON "run" ("tenant_id", "wake_at") WHERE "wake_at" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_deadline" ON "run" ("tenant_id", "deadline_at")
    WHERE "deadline_at" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_ordered_begun" ON "run" ("tenant_id", "workflow_id", "ordering_key")
    WHERE "ordering_key" IS NOT NULL AND "finished_at" IS NULL AND "started_at" IS NOT NULL;

-- === Ordering keys ================================================================================================

-- `behind` keeps what cannot begin yet out of the way of what can. It is no promise: the claim looks again. The run it
-- is behind is locked until this one is committed, so that its end finds it. One that is being written at the moment
-- is not waited for: then the claim says that this one is behind.
CREATE FUNCTION "stand_behind"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM FROM public."run" r
    WHERE r."tenant_id" = NEW."tenant_id" AND r."workflow_id" = NEW."workflow_id"
        AND r."ordering_key" = NEW."ordering_key" AND r."finished_at" IS NULL
    LIMIT 1 FOR SHARE SKIP LOCKED;
    NEW."behind" := FOUND;
    RETURN NEW;
END
$$;
CREATE TRIGGER "run_stands_behind" BEFORE INSERT ON "run"
    FOR EACH ROW WHEN (NEW."ordering_key" IS NOT NULL) EXECUTE FUNCTION "stand_behind"();

CREATE FUNCTION "let_next_begin"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    UPDATE public."run" n SET "behind" = false
    WHERE n."tenant_id" = NEW."tenant_id" AND n."behind" AND n."id" = (
        SELECT r."id" FROM public."run" r
        WHERE r."tenant_id" = NEW."tenant_id" AND r."workflow_id" = NEW."workflow_id"
            AND r."ordering_key" = NEW."ordering_key" AND r."finished_at" IS NULL
        ORDER BY r."created_at", r."id" LIMIT 1);
    RETURN NULL;
END
$$;
CREATE TRIGGER "run_lets_next_begin" AFTER UPDATE OF "finished_at" ON "run"
    FOR EACH ROW WHEN (NEW."ordering_key" IS NOT NULL AND OLD."finished_at" IS NULL AND NEW."finished_at" IS NOT NULL)
    EXECUTE FUNCTION "let_next_begin"();

-- Whether no other run goes first: none that has begun, none that came before. What has begun goes on.
CREATE FUNCTION "is_first"("of" "run") RETURNS boolean LANGUAGE sql VOLATILE SET search_path = '' AS $$
    SELECT $1."ordering_key" IS NULL OR $1."started_at" IS NOT NULL OR (
        NOT EXISTS (
            SELECT FROM public."run" o
            WHERE o."tenant_id" = $1."tenant_id" AND o."workflow_id" = $1."workflow_id"
                AND o."ordering_key" = $1."ordering_key" AND o."finished_at" IS NULL AND o."started_at" IS NOT NULL)
        AND $1."id" = (
            SELECT o."id" FROM public."run" o
            WHERE o."tenant_id" = $1."tenant_id" AND o."workflow_id" = $1."workflow_id"
                AND o."ordering_key" = $1."ordering_key" AND o."finished_at" IS NULL
            ORDER BY o."created_at", o."id" LIMIT 1))
$$;

-- === The line =====================================================================================================

-- Puts a tenant in line. Whoever was away begins where the others are: having been idle saves up nothing. The lock is
-- held until the commit, so that a claim which finds nothing of this tenant meanwhile leaves it in line.
CREATE FUNCTION "line_up"("tenant" text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    floor double precision;
BEGIN
    PERFORM FROM public."tenant_turn" t WHERE t."tenant_id" = $1 AND t."in_line" FOR KEY SHARE;
    IF FOUND THEN
        RETURN;
    END IF;
    floor := coalesce(
        -- A little before those who are served all the time: its first run is next.
        (SELECT min(t."time") - 0.000001 FROM public."tenant_turn" t WHERE t."in_line"),
        (SELECT max(t."time") FROM public."tenant_turn" t WHERE NOT t."in_line"),
        0);
    INSERT INTO public."tenant_turn" AS t ("tenant_id", "time", "in_line") VALUES ($1, floor, true)
    ON CONFLICT ("tenant_id") DO UPDATE
        SET "in_line" = true, "look_at" = NULL, "time" = greatest(t."time", floor);
END
$$;

-- Whatever makes a run ready to be taken puts its tenant in line, always in the same order of tenants.
CREATE FUNCTION "stand_in_line"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    tenant text;
BEGIN
    FOR tenant IN
        SELECT DISTINCT r."tenant_id" FROM ready r
        WHERE r."finished_at" IS NULL AND r."lease_until" IS NULL AND (
            (r."status" = 'queued' AND r."wake_at" IS NULL AND NOT r."behind")
            OR r."wake_at" <= clock_timestamp() OR (r."cancel_reason" IS NOT NULL AND r."wake_at" IS NULL))
        ORDER BY r."tenant_id"
    LOOP
        PERFORM public."line_up"(tenant);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER "run_accepted" AFTER INSERT ON "run" REFERENCING NEW TABLE AS ready
    FOR EACH STATEMENT EXECUTE FUNCTION "stand_in_line"();
CREATE TRIGGER "run_ready" AFTER UPDATE ON "run" REFERENCING NEW TABLE AS ready
    FOR EACH STATEMENT EXECUTE FUNCTION "stand_in_line"();

-- Of these tenants everything was taken that may begin now. Those with nothing left leave the line. The others wait for
-- a limit, a pause or an order: they are not asked again for a moment, and keep up with the others meanwhile.
CREATE FUNCTION "rest"("tenants" text[]) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    free text[];
    floor double precision;
BEGIN
    UPDATE public."run" r SET "behind" = true
    FROM (
        SELECT q."tenant_id", q."id" FROM public."run" q CROSS JOIN LATERAL (
            SELECT FROM public."run" o
            WHERE o."tenant_id" = q."tenant_id" AND o."workflow_id" = q."workflow_id"
                AND o."ordering_key" = q."ordering_key" AND o."finished_at" IS NULL AND o."id" <> q."id"
                AND (o."started_at" IS NOT NULL OR (o."created_at", o."id") < (q."created_at", q."id"))
            ORDER BY o."created_at", o."id" LIMIT 1 FOR SHARE SKIP LOCKED) o
        WHERE q."tenant_id" = ANY ($1) AND q."status" = 'queued' AND q."wake_at" IS NULL AND NOT q."behind"
            AND q."ordering_key" IS NOT NULL AND q."started_at" IS NULL
        -- One that somebody writes of is marked another time: whoever does may wait for a tenant's turn held here.
        LIMIT 100 FOR NO KEY UPDATE OF q SKIP LOCKED
    ) b
    WHERE r."tenant_id" = b."tenant_id" AND r."id" = b."id";
    -- In whose name something is being written at this moment stays.
    SELECT array_agg(f."tenant_id") INTO free FROM (
        SELECT t."tenant_id" FROM public."tenant_turn" t WHERE t."tenant_id" = ANY ($1) AND t."in_line"
        FOR UPDATE SKIP LOCKED) f;
    SELECT min(t."time") INTO floor FROM public."tenant_turn" t
    WHERE t."in_line" AND t."look_at" IS NULL AND t."tenant_id" <> ALL ($1);
    UPDATE public."tenant_turn" t SET
        "in_line" = w."waits",
        -- What came in this very moment is no reason to wait.
        "look_at" = CASE WHEN w."waits" AND NOT w."goes" THEN clock_timestamp() + interval '250 ms' END,
        "time" = CASE WHEN w."waits" THEN greatest(t."time", floor) ELSE t."time" END
    FROM (
        SELECT one AS tenant,
            EXISTS (SELECT FROM public."run" r WHERE r."tenant_id" = one AND r."status" = 'queued'
                AND r."wake_at" IS NULL AND NOT r."behind")
            OR EXISTS (SELECT FROM public."run" r WHERE r."tenant_id" = one AND r."wake_at" <= clock_timestamp()
                AND r."finished_at" IS NULL AND r."lease_until" IS NULL)
            OR EXISTS (SELECT FROM public."run" r WHERE r."tenant_id" = one AND r."lease_until" < clock_timestamp()
                AND r."finished_at" IS NULL)
            OR EXISTS (SELECT FROM public."run" r WHERE r."tenant_id" = one AND r."cancel_reason" IS NOT NULL
                AND r."wake_at" IS NULL AND r."finished_at" IS NULL AND r."lease_until" IS NULL) AS waits,
            EXISTS (
                SELECT FROM public."installation" i LEFT JOIN public."tenant_limit" l ON l."tenant_id" = one
                WHERE i."paused_at" IS NULL AND l."paused_at" IS NULL AND l."suspended_at" IS NULL
                    AND coalesce(l."concurrent_runs", i."concurrent_runs") > (
                        SELECT count(*) FROM public."run" a WHERE a."tenant_id" = one
                            AND a."lease_until" >= clock_timestamp() AND a."finished_at" IS NULL))
            AND EXISTS (
                SELECT FROM public."run" r WHERE r."tenant_id" = one AND r."status" = 'queued' AND r."wake_at" IS NULL
                    AND NOT r."behind" AND (r."ordering_key" IS NULL OR public."is_first"(r))
                    AND NOT EXISTS (SELECT FROM public."workflow" w WHERE w."tenant_id" = one
                        AND w."id" = r."workflow_id" AND w."paused_at" IS NOT NULL)) AS goes
        FROM unnest(free) one
    ) w
    WHERE t."tenant_id" = w.tenant;
END
$$;

-- Takes up to `places` runs for a worker. Each place goes to the tenant in line whose time is least; each run it gets
-- moves its time on by 1 / its weight. Of a tenant: what is to end (it needs no room), what a dead worker held, what
-- was waited for, then the oldest. What is to end and waits is undoing: its time comes. Its own it does not take over when their leases ran out while the database was away:
-- its heartbeat renews them. Rows without a run name tenants that have runs in line and may not begin them now.
CREATE FUNCTION "claim_runs"("worker" text, "places" integer, "lease_ms" integer, "freed" text[])
    RETURNS TABLE (
        "tenant" text, "run" uuid, "token" bigint, "workflow" uuid, "pinned" integer, "drawn" json, "cause" text,
        "begun" timestamptz, "cancelled" text, "due" timestamptz, "seq" integer, "calls" integer, "awaited" boolean, "ordered" boolean, "held_by" text,
        "was" text, "now_ms" double precision)
    LANGUAGE plpgsql VOLATILE ROWS 50 SET search_path = ''
AS $$
#variable_conflict use_column
DECLARE
    open_places integer := $2;
    met text[] := '{}';
    chosen text[];
    dry text[];
    one text;
BEGIN
    -- A claim that a crash of the database undoes is one that never was: whoever made it writes nothing without the
    -- token. Nothing is felt outside before something later is on disk, and this with it.
    PERFORM set_config('synchronous_commit', 'off', true);
    FOR round IN 1..50 LOOP
        EXIT WHEN open_places <= 0;
        SELECT array_agg(c."tenant_id" ORDER BY c."tenant_id") INTO chosen FROM (
            SELECT t."tenant_id" FROM public."tenant_turn" t
            WHERE t."in_line" AND (t."look_at" IS NULL OR t."look_at" <= now() OR t."tenant_id" = ANY ($4))
                AND t."tenant_id" <> ALL (met)
            ORDER BY t."time", t."tenant_id" LIMIT greatest(open_places, 8)
        ) c;
        EXIT WHEN chosen IS NULL;
        met := met || chosen;
        IF round = 1 THEN
            FOREACH one IN ARRAY chosen LOOP
                PERFORM pg_advisory_xact_lock(hashtextextended('claim ' || one, 0));
            END LOOP;
        ELSE
            -- Out of the order now: who waits here may be waited for. Another worker is about these.
            SELECT array_agg(u) INTO chosen FROM unnest(chosen) u
            WHERE pg_try_advisory_xact_lock(hashtextextended('claim ' || u, 0));
            CONTINUE WHEN chosen IS NULL;
        END IF;
        WHILE open_places > 0 AND chosen <> '{}' LOOP
            dry := '{}';
            FOR tenant, run, token, workflow, pinned, drawn, cause, begun, cancelled, due, seq, calls, awaited,
                ordered, held_by, was, now_ms IN
            WITH turn AS MATERIALIZED (
                SELECT t."tenant_id", t."time", coalesce(l."weight", 1)::double precision AS "weight",
                    CASE WHEN i."paused_at" IS NULL AND l."paused_at" IS NULL AND l."suspended_at" IS NULL THEN
                        greatest(0, coalesce(l."concurrent_runs", i."concurrent_runs") - (
                            SELECT count(*)::integer FROM public."run" a WHERE a."tenant_id" = t."tenant_id"
                                AND a."lease_until" >= clock_timestamp() AND a."finished_at" IS NULL))
                        ELSE 0 END AS "room",
                    (SELECT count(*)::integer FROM (
                        SELECT FROM public."run" e WHERE e."tenant_id" = t."tenant_id" AND e."finished_at" IS NULL
                            AND e."cancel_reason" IS NOT NULL AND (e."wake_at" IS NULL OR e."wake_at" <= clock_timestamp() OR e."status" = 'queued')
                            AND (e."lease_until" IS NULL OR (e."lease_until" < clock_timestamp() AND e."lease_owner" <> $1))
                        LIMIT open_places) x)
                    + (SELECT count(*)::integer FROM (
                        SELECT FROM public."run" e WHERE e."tenant_id" = t."tenant_id" AND e."finished_at" IS NULL
                            AND e."deadline_at" <= clock_timestamp() AND e."cancel_reason" IS NULL
                            AND (e."wake_at" IS NULL OR e."wake_at" <= clock_timestamp() OR e."status" = 'queued')
                            AND (e."lease_until" IS NULL OR (e."lease_until" < clock_timestamp() AND e."lease_owner" <> $1))
                        LIMIT open_places) x) AS "ending",
                    ARRAY (SELECT w."id" FROM public."workflow" w
                        WHERE w."tenant_id" = t."tenant_id" AND w."paused_at" IS NOT NULL) AS "paused"
                FROM public."tenant_turn" t
                CROSS JOIN public."installation" i
                LEFT JOIN public."tenant_limit" l ON l."tenant_id" = t."tenant_id"
                WHERE t."tenant_id" = ANY (chosen)
            ), share AS MATERIALIZED (
                SELECT s."tenant_id", count(*) AS "wanted" FROM (
                    SELECT turn."tenant_id" FROM turn
                    CROSS JOIN LATERAL generate_series(1, least(turn."room" + turn."ending", open_places)) n
                    ORDER BY turn."time" + (n - 1) / turn."weight", turn."tenant_id" LIMIT open_places
                ) s GROUP BY s."tenant_id"
            ), chosen AS MATERIALIZED (
                SELECT turn."tenant_id", c."id" FROM share JOIN turn USING ("tenant_id") CROSS JOIN LATERAL (
                    SELECT u."id" FROM (
                        (SELECT r."id", 0 AS "rank", r."created_at" AS "at" FROM public."run" r
                        WHERE r."tenant_id" = turn."tenant_id" AND r."finished_at" IS NULL
                            AND r."cancel_reason" IS NOT NULL AND (r."wake_at" IS NULL OR r."wake_at" <= clock_timestamp() OR r."status" = 'queued')
                            AND (r."lease_until" IS NULL OR (r."lease_until" < clock_timestamp() AND r."lease_owner" <> $1))
                        LIMIT share."wanted")
                        UNION ALL
                        (SELECT r."id", 0, r."deadline_at" FROM public."run" r
                        WHERE r."tenant_id" = turn."tenant_id" AND r."finished_at" IS NULL
                            AND r."deadline_at" <= clock_timestamp() AND r."cancel_reason" IS NULL
                            AND (r."wake_at" IS NULL OR r."wake_at" <= clock_timestamp() OR r."status" = 'queued')
                            AND (r."lease_until" IS NULL OR (r."lease_until" < clock_timestamp() AND r."lease_owner" <> $1))
                        LIMIT share."wanted")
                        UNION ALL
                        (SELECT b."id", b."rank", b."at" FROM (
                            (SELECT r."id", 1 AS "rank", r."lease_until" AS "at" FROM public."run" r
                            WHERE r."tenant_id" = turn."tenant_id" AND r."finished_at" IS NULL
                                AND r."lease_until" < clock_timestamp() AND r."lease_owner" <> $1
                                AND r."cancel_reason" IS NULL
                                AND (r."deadline_at" IS NULL OR r."deadline_at" > clock_timestamp())
                                AND r."workflow_id" <> ALL (turn."paused")
                            ORDER BY r."lease_until" LIMIT least(share."wanted", turn."room"))
                            UNION ALL
                            (SELECT r."id", 2, r."wake_at" FROM public."run" r
                            WHERE r."tenant_id" = turn."tenant_id" AND r."finished_at" IS NULL
                                AND r."wake_at" <= clock_timestamp() AND r."lease_until" IS NULL
                                AND r."cancel_reason" IS NULL
                                AND (r."deadline_at" IS NULL OR r."deadline_at" > clock_timestamp())
                                AND r."workflow_id" <> ALL (turn."paused")
                                AND (r."ordering_key" IS NULL OR public."is_first"(r))
                            ORDER BY r."wake_at" LIMIT least(share."wanted", turn."room"))
                            UNION ALL
                            (SELECT r."id", 3, r."created_at" FROM public."run" r
                            WHERE r."tenant_id" = turn."tenant_id" AND r."status" = 'queued'
                                AND r."wake_at" IS NULL AND NOT r."behind" AND r."cancel_reason" IS NULL
                                AND (r."deadline_at" IS NULL OR r."deadline_at" > clock_timestamp())
                                AND r."workflow_id" <> ALL (turn."paused")
                                AND (r."ordering_key" IS NULL OR public."is_first"(r))
                            ORDER BY r."created_at", r."id" LIMIT least(share."wanted", turn."room"))
                        ) b ORDER BY b."rank", b."at", b."id" LIMIT least(share."wanted", turn."room"))
                    ) u ORDER BY u."rank", u."at", u."id" LIMIT share."wanted"
                ) c
            ), picked AS (
                -- By the primary key alone: with stale statistics another index may seem better, and is not.
                SELECT r.* FROM chosen CROSS JOIN LATERAL (
                    SELECT k."tenant_id", k."id", k."lease_owner", k."status", k."finished_at", k."lease_until"
                    FROM public."run" k WHERE k."tenant_id" = chosen."tenant_id" AND k."id" = chosen."id"
                    FOR UPDATE SKIP LOCKED
                ) r
                WHERE r."finished_at" IS NULL
                    AND (r."lease_until" IS NULL OR (r."lease_until" < clock_timestamp() AND r."lease_owner" <> $1))
            ), taken AS (
                UPDATE public."run" r SET "status" = 'running', "lease_owner" = $1, "lease_token" = r."lease_token" + 1,
                    "lease_until" = clock_timestamp() + $3 * interval '1 ms', "wake_at" = NULL, "behind" = false,
                    "started_at" = coalesce(r."started_at", clock_timestamp()),
                    "crash_count" = r."crash_count" + (picked."lease_owner" IS NOT NULL)::integer
                FROM picked
                WHERE r."tenant_id" = picked."tenant_id" AND r."id" = picked."id"
                RETURNING r."tenant_id", r."id", r."lease_token", r."workflow_id", r."version", r."document",
                    r."started_by", r."started_at", r."cancel_reason", r."deadline_at", r."last_seq", r."depth",
                    r."parent_task_id" IS NOT NULL AS "awaited", r."ordering_key" IS NOT NULL AS "ordered",
                    picked."lease_owner" AS "old_owner", picked."status" AS "old_status"
            ), charged AS (
                UPDATE public."tenant_turn" t SET "time" = t."time" + c."runs" / turn."weight", "look_at" = NULL
                FROM (SELECT taken."tenant_id", count(*) AS "runs" FROM taken GROUP BY taken."tenant_id") c
                JOIN turn USING ("tenant_id")
                WHERE t."tenant_id" = c."tenant_id"
            )
            SELECT taken."tenant_id", taken."id", taken."lease_token", taken."workflow_id", taken."version",
                taken."document", taken."started_by", taken."started_at", taken."cancel_reason", taken."deadline_at",
                taken."last_seq", taken."depth", taken."awaited",
                taken."ordered", taken."old_owner", taken."old_status",
                extract(epoch FROM clock_timestamp())::double precision * 1000
            FROM taken
            UNION ALL
            -- Those that could not give what was their turn: nothing is left that may begin.
            SELECT turn."tenant_id", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                NULL, NULL
            FROM turn LEFT JOIN share USING ("tenant_id")
            WHERE turn."room" + turn."ending" = 0
                OR share."wanted" > (SELECT count(*) FROM taken WHERE taken."tenant_id" = turn."tenant_id")
            LOOP
                IF run IS NULL THEN
                    dry := dry || tenant;
                ELSE
                    open_places := open_places - 1;
                    RETURN NEXT;
                END IF;
            END LOOP;
            EXIT WHEN dry = '{}';
            PERFORM public."rest"(dry);
            SELECT coalesce(array_agg(u), '{}') INTO chosen FROM unnest(chosen) u WHERE u <> ALL (dry);
        END LOOP;
    END LOOP;
    IF open_places > 0 THEN
        RETURN QUERY
        SELECT t."tenant_id", NULL::uuid, NULL::bigint, NULL::uuid, NULL::integer, NULL::json, NULL::text,
            NULL::timestamptz, NULL::text, NULL::timestamptz, NULL::integer, NULL::integer, NULL::boolean, NULL::boolean,
            NULL::text, NULL::text, NULL::double precision
        FROM public."tenant_turn" t WHERE t."in_line" LIMIT 200;
    END IF;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['is_first(run)', 'line_up(text)', 'rest(text[])',
        'claim_runs(text, integer, integer, text[])'] LOOP
        EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
        EXECUTE 'GRANT EXECUTE ON FUNCTION ' || name || ' TO trama_engine';
    END LOOP;
END
$$;
