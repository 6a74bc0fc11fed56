import { read } from "./files.mjs";
import { Settings } from "./settings.mjs";

/** Seconds that a host takes to stop at most: .NET's default, unless ShutdownTimeoutSeconds is set, and that of Ledger:DrainTimeout. */
export const drain = 30 + 10;

/** What the manifests say of each other, and what every pod has. */
export async function checkPods(root, objects, report) {
  const of = kind => objects.filter(({ object }) => object.kind === kind);
  const pods = objects.filter(({ object }) => object.spec?.template?.spec?.containers)
    .map(({ name, object }) => ({ name, kind: object.kind, labels: object.spec.template.metadata.labels, spec: object.spec.template.spec, object }));
  const settings = new Settings(root);
  await report.group("kubernetes: pods are unprivileged, bounded, probed and given time to drain", () => {
    for (const pod of pods) hardened(pod, report);
  });
  await report.group("kubernetes: settings of the pods are the product's", () => {
    const shared = read(root, "deploy/kubernetes/settings.env").split("\n").filter(line => /^[A-Za-z_]+=/.test(line)).map(line => line.split("=")[0]);
    const own = pods.flatMap(pod => pod.spec.containers.flatMap(container => (container.env ?? []).map(({ name }) => [pod.name, name, JSON.stringify(pod.spec)])));
    for (const [where, name, text] of [...shared.map(name => ["settings.env", name, ""]), ...own]) {
      if (!settings.has(name) && !text.includes(`$(${name})`)) report.fail(where, `there is no setting ${name} (docs/operations/configure.md)`);
    }
  });
  await report.group("kubernetes: secrets, volumes, ports and selectors refer to something", () => {
    for (const pod of pods) references(pod, of("Secret"), report);
    for (const { name, object } of of("Service")) {
      const targets = select(pods, object.spec.selector);
      if (targets.length === 0) report.fail(name, "selects no pod");
      for (const { targetPort } of object.spec.ports) {
        for (const pod of targets) if (!ports(pod).has(targetPort)) report.fail(name, `${pod.name} has no port ${targetPort}`);
      }
    }
    for (const { name, object } of [...of("PodDisruptionBudget"), ...of("NetworkPolicy")]) {
      const selector = (object.spec.selector ?? object.spec.podSelector).matchLabels ?? {};
      if (select(pods, selector).length === 0) report.fail(name, "selects no pod");
    }
    for (const { kind, object, labels, name } of pods) {
      if (select([{ labels }], object.spec.selector?.matchLabels ?? {}).length === 0) report.fail(name, "does not select its own pods");
      if (kind === "StatefulSet" && !of("Service").some(service => service.object.metadata.name === object.spec.serviceName)) {
        report.fail(name, `there is no Service ${object.spec.serviceName}`);
      }
    }
  });
}

const select = (pods, labels) => pods.filter(pod => Object.entries(labels).every(([key, value]) => pod.labels?.[key] === value));

const ports = pod => new Set(pod.spec.containers.flatMap(({ ports }) => (ports ?? []).flatMap(({ name, containerPort }) => [name, containerPort])));

function hardened({ name, kind, spec }, report) {
  const say = why => report.fail(name, why);
  if (spec.securityContext?.runAsNonRoot !== true || !(spec.securityContext.runAsUser > 0)) say("may run as root");
  if (spec.securityContext?.seccompProfile?.type !== "RuntimeDefault") say("has no seccomp profile");
  if (spec.automountServiceAccountToken !== false) say("is given a token of the API server");
  for (const container of spec.containers) {
    const context = container.securityContext ?? {};
    if (context.readOnlyRootFilesystem !== true) say("may write to its root file system");
    if (context.allowPrivilegeEscalation !== false || !context.capabilities?.drop?.includes("ALL")) say("keeps privileges");
    for (const bound of ["requests", "limits"]) {
      if (!container.resources?.[bound]?.cpu || !container.resources[bound].memory) say(`has no ${bound} of cpu and memory`);
    }
    if (kind === "Job") continue;
    const wanted = { startupProbe: "/healthz", livenessProbe: "/healthz", readinessProbe: "/readyz" };
    for (const [probe, path] of Object.entries(wanted)) {
      const asked = container[probe]?.httpGet;
      if (asked?.path !== path) say(`its ${probe} does not ask ${path}`);
      else if (!(container.ports ?? []).some(port => port.name === asked.port)) say(`its ${probe} asks port ${asked.port}, which it has not`);
    }
    const before = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
    if (!(spec.terminationGracePeriodSeconds > before + drain)) {
      say(`terminationGracePeriodSeconds is ${spec.terminationGracePeriodSeconds}; it must be more than ${before + drain}, what stopping takes`);
    }
  }
}

function references({ name, spec, object }, secrets, report) {
  const say = why => report.fail(name, why);
  const volumes = new Map([...(spec.volumes ?? []).map(volume => [volume.name, volume]),
    ...(object.spec.volumeClaimTemplates ?? []).map(claim => [claim.metadata.name, claim])]);
  for (const container of spec.containers) {
    const mounts = container.volumeMounts ?? [];
    for (const mount of mounts) if (!volumes.has(mount.name)) say(`mounts ${mount.name}, which is no volume`);
    for (const volume of volumes.keys()) if (!mounts.some(mount => mount.name === volume)) say(`has a volume ${volume} that nobody mounts`);
    for (const { name: setting, value } of container.env ?? []) {
      for (const [file] of (value ?? "").matchAll(/\/(etc|run|var)\/[A-Za-z0-9/._-]+/g)) {
        const mount = mounts.find(({ mountPath }) => `${file}/`.startsWith(`${mountPath}/`));
        const secret = volumes.get(mount?.name)?.secret?.secretName;
        if (!mount) say(`${setting} names ${file}, which nothing is mounted at`);
        else if (secret) {
          const known = secrets.find(({ object }) => object.metadata.name === secret)?.object.stringData ?? {};
          if (!(file.slice(mount.mountPath.length + 1) in known)) say(`${setting} names ${file}; secrets.example.yaml has no ${secret} with it`);
        }
      }
    }
  }
}
