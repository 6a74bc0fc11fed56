import { documents, find, read, run } from "./files.mjs";

const file = "deploy/otel/collector.yaml";

// Of the contrib distribution, as far as they are used here or are likely to be.
const known = {
  receivers: ["otlp", "prometheus", "hostmetrics", "filelog", "journald"],
  processors: ["memory_limiter", "batch", "filter", "tail_sampling", "probabilistic_sampler", "attributes", "resource", "resourcedetection", "transform", "k8sattributes"],
  exporters: ["otlp", "otlphttp", "prometheus", "prometheusremotewrite", "load_balancing", "debug", "file"],
  extensions: ["health_check", "pprof", "zpages", "basicauth", "bearertokenauth", "file_storage"],
  connectors: ["spanmetrics", "servicegraph", "forward"],
};

/** The collector's configuration: pipelines of components that there are, and no component that no pipeline has. */
export async function collector(root, report) {
  const [config] = documents(root, file, report);
  if (!config) return;
  await report.group("collector: every component is known, defined and used", () => {
    const pipelines = Object.entries(config.service?.pipelines ?? {});
    for (const [kind, types] of Object.entries(known)) {
      const defined = Object.keys(config[kind] ?? {});
      const used = new Set(kind === "extensions" ? config.service.extensions : kind === "connectors"
        ? pipelines.flatMap(([, pipeline]) => [...pipeline.receivers, ...pipeline.exporters]).filter(name => defined.includes(name))
        : pipelines.flatMap(([, pipeline]) => pipeline[kind] ?? []));
      for (const name of defined) {
        if (!types.includes(name.split("/")[0])) report.fail(file, `${kind}: ${name} is of no known type`);
        if (!used.has(name)) report.fail(file, `${kind}: ${name} is in no pipeline`);
      }
      for (const name of used) {
        if (!defined.includes(name) && !(name in (config.connectors ?? {}))) report.fail(file, `${kind}: a pipeline names ${name}, which is not defined`);
      }
    }
    for (const [name, { receivers, exporters, processors = [] }] of pipelines) {
      if (!/^(traces|metrics|logs)(\/|$)/.test(name)) report.fail(file, `the pipeline ${name} is of no kind`);
      if (!receivers?.length || !exporters?.length) report.fail(file, `the pipeline ${name} leads from nowhere, or to nowhere`);
      if (processors[0] !== "memory_limiter") report.fail(file, `the pipeline ${name} does not begin with memory_limiter, so that a flood ends the collector`);
    }
    if (pipelines.length === 0) report.fail(file, "has no pipelines");
  });
  await report.group("collector: errors and slow traces are kept whole", () => {
    const policies = (config.processors?.tail_sampling?.policies ?? []).flatMap(policy => [policy, ...policy.and?.and_sub_policy ?? []]);
    if (!policies.some(({ type, status_code }) => type === "status_code" && status_code.status_codes.includes("ERROR"))) report.fail(file, "no policy keeps errors");
    if (!policies.some(({ type, latency }) => type === "latency" && latency.threshold_ms > 0)) report.fail(file, "no policy keeps slow traces");
    if (!config.service?.pipelines?.traces?.processors?.includes("tail_sampling")) report.fail(file, "traces are not sampled");
  });
  await report.group("collector: who runs it gives it what it asks for", () => {
    const composed = find(root, "deploy/compose", "compose.yaml").map(path => read(root, path)).join("");
    for (const [, variable] of read(root, file).matchAll(/\$\{env:([A-Z_]+)/g)) {
      if (!composed.includes(`${variable}:`)) report.fail(file, `asks for ${variable}, which compose.yaml does not set`);
    }
  });
  const own = run("otelcol-contrib", ["validate", `--config=${root}/${file}`]);
  if (own === null) report.skip("collector: otelcol-contrib validate", "otelcol-contrib is not installed");
  else if (own.ok) report.ok("collector: otelcol-contrib validate");
  else report.fail(file, own.text);
}
