import type { Span, Tracer } from '@opentelemetry/api'
import type { FastifyRequest } from 'fastify'
import type { Observe } from '#server/runtime/observe.ts'

/** Spans by the OpenTelemetry variables: one for a request, an accept, each time a worker drives a run, each attempt. */
export interface Traces {
  observe: Observe
  request(request: FastifyRequest, done: () => void): void
  answered(request: FastifyRequest, about: { route: string; status: number }): void
  stop(): Promise<void>
}

/** Null unless the standard variables ask for traces; the libraries are loaded only then. */
export async function startTraces(env: Record<string, string | undefined>): Promise<Traces | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT
  if (!endpoint || env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none')
    return null
  const [api, sdk, resources, exporter] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
  ])
  const named = resources.detectResources({ detectors: [resources.envDetector, resources.hostDetector] })
  // Endpoint, headers, sampler, batches and the service’s name: the libraries read their own variables.
  const provider = new sdk.NodeTracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': 'trama' }))
      .merge(named),
    spanProcessors: [new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter())],
  })
  provider.register()
  return tracesBy(api, { tracer: provider.getTracer('trama'), stop: () => provider.shutdown() })
}

type Api = typeof import('@opentelemetry/api')

function tracesBy(
  { context, trace, SpanKind, SpanStatusCode }: Api,
  { tracer, stop }: { tracer: Tracer; stop: () => Promise<void> },
): Traces {
  const requests = new WeakMap<FastifyRequest, Span>()

  function failed(span: Span, message: string) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: message.slice(0, 200) })
  }

  const observe: Observe = {
    accepting: (run, work) =>
      tracer.startActiveSpan('run.accept', { attributes: attributesOf(run) }, async (span) => {
        try {
          return await work()
        } catch (error) {
          failed(span, error instanceof Error ? error.message : String(error))
          throw error
        } finally {
          span.end()
        }
      }),
    // Driven long after the request that asked for it, and perhaps elsewhere: a trace of its own.
    driving: (run, begin) =>
      tracer.startActiveSpan(
        'run.drive',
        {
          root: true,
          attributes: { ...attributesOf(run), 'trama.run.id': run.runId, 'trama.run.reason': run.reason },
        },
        (span) => {
          const driven = begin()
          void driven.done.finally(() => span.end())
          return driven
        },
      ),
    attempting: ({ run, step, attempt, type }, work) =>
      tracer.startActiveSpan(
        `step ${type}`,
        {
          attributes: {
            ...attributesOf(run),
            'trama.run.id': run.runId,
            'trama.step': step,
            'trama.attempt': attempt,
            'trama.node.type': type,
          },
        },
        async (span) => {
          try {
            const end = await work()
            span.setAttribute('trama.outcome', end.type)
            if (end.type === 'failed') failed(span, 'The step failed')
            return end
          } catch (error) {
            failed(span, 'The step was lost')
            throw error
          } finally {
            span.end()
          }
        },
      ),
    ended: (_run, { status, costUsd }) => {
      const span = trace.getActiveSpan()
      span?.setAttributes({ 'trama.run.status': status, 'trama.cost_usd': costUsd })
      if (span && status === 'failed') failed(span, 'The run failed')
    },
  }
  return {
    observe,
    request(request, done) {
      const span = tracer.startSpan(`HTTP ${request.method}`, {
        kind: SpanKind.SERVER,
        root: true,
        attributes: { 'http.request.method': request.method },
      })
      requests.set(request, span)
      context.with(trace.setSpan(context.active(), span), done)
    },
    answered(request, { route, status }) {
      const span = requests.get(request)
      span?.updateName(`${request.method} ${route}`)
      span?.setAttributes({ 'http.route': route, 'http.response.status_code': status })
      if (span && status >= 500) failed(span, `Answered ${status}`)
      span?.end()
    },
    stop,
  }
}

const attributesOf = (run: { tenantId: string; workflowId: string; startedBy: string }) => ({
  'trama.tenant.id': run.tenantId,
  'trama.workflow.id': run.workflowId,
  'trama.started_by': run.startedBy,
})

/** One after the other: the outer one sees the inner as part of what it watches. */
export function both(outer: Observe, inner: Observe): Observe {
  return {
    accepting: (run, work) => outer.accepting(run, () => inner.accepting(run, work)),
    driving: (run, begin) => outer.driving(run, () => inner.driving(run, begin)),
    attempting: (step, work) => outer.attempting(step, () => inner.attempting(step, work)),
    ended(run, end) {
      outer.ended(run, end)
      inner.ended(run, end)
    },
  }
}
