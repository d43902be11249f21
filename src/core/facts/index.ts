import type * as z from 'zod'
import * as analysis from './analysis.ts'
import * as compose from './compose.ts'
import * as coverages from './coverage.ts'
import * as databases from './databases.ts'
import { dockerStage } from './docker-stage.ts'
import * as docker from './docker.ts'
import * as documents from './documents.ts'
import * as evidence from './evidence.ts'
import * as images from './images.ts'
import * as kubernetesNetwork from './kubernetes-network.ts'
import * as kubernetesPolicy from './kubernetes-policy.ts'
import * as kubernetes from './kubernetes.ts'
import * as load from './load.ts'
import * as monitoring from './monitoring.ts'
import * as operations from './operations.ts'
import type { Place } from './place.ts'
import * as repositories from './repository.ts'
import * as sboms from './sbom.ts'
import * as secrets from './secrets.ts'
import * as smoke from './smoke.ts'
import * as source from './source.ts'
import * as tests from './tests.ts'
import * as vulnerabilities from './vulnerabilities.ts'
import * as workflows from './workflows.ts'

/** Every kind of fact that a rule can be about. A new kind is declared in its topic's file and named here. */
export const factKinds = {
  repository: repositories.repository,
  'repository.unjudged-file': repositories.unjudgedFile,
  'repository.broken-ignore': repositories.brokenIgnore,
  'repository.ignore-list': repositories.ignoreList,
  'repository.stray-file': repositories.strayFile,
  'repository.manifest': repositories.packageManifest,
  'secrets.credential': secrets.credential,
  'secrets.host-key-check': secrets.hostKeyCheck,
  'secrets.environment-file': secrets.environmentFile,
  'secrets.stored': secrets.storedSecret,
  'secrets.identity-export': secrets.identityExport,
  'documents.report': documents.readinessReport,
  'documents.score': documents.categoryScore,
  'documents.fraction': documents.fraction,
  'documents.placeholder': documents.placeholder,
  'documents.reference': documents.reference,
  'documents.printed-credential': documents.printedCredential,
  'documents.unmeasured': documents.unmeasured,
  'docker.stage': dockerStage,
  'docker.base': docker.dockerBase,
  'docker.variable': docker.dockerVariable,
  'docker.copy': docker.dockerCopy,
  'docker.run': docker.dockerRun,
  'docker.command': docker.dockerCommand,
  'docker.start': docker.dockerStart,
  'docker.healthcheck': docker.dockerHealthcheck,
  'docker.workdir': docker.dockerWorkdir,
  'docker.port': docker.dockerPort,
  'docker.ignore-file': docker.dockerIgnoreFile,
  'docker.context': docker.dockerContext,
  'images.build': images.imageBuild,
  'images.copied-path': images.copiedPath,
  'images.ignore-file': images.contextIgnoreFile,
  'images.built-path': images.builtPath,
  'images.name': images.imageName,
  'images.started-program': images.startedProgram,
  'images.started-file': images.startedFile,
  'images.fixed-architecture': images.fixedArchitecture,
  'images.toolchain': images.toolchain,
  'images.reference': images.imageReference,
  'images.manifest-image': images.manifestImage,
  'images.public-variable': images.publicVariable,
  'compose.file': compose.composeFile,
  'compose.service': compose.composeService,
  'compose.port': compose.composePort,
  'compose.mount': compose.composeMount,
  'compose.volume': compose.composeVolume,
  'compose.credential': compose.composeCredential,
  'compose.setting': compose.composeSetting,
  'compose.database-server': compose.composeDatabaseServer,
  'compose.database-login': compose.composeDatabaseLogin,
  'databases.table': databases.table,
  'databases.policy': databases.policy,
  'databases.migration': databases.migration,
  'databases.change': databases.change,
  'databases.seed': databases.seed,
  'databases.login': databases.login,
  'databases.init-file': databases.initFile,
  'databases.script': databases.script,
  'databases.migrate-command': databases.migrateCommand,
  'databases.test-database': databases.testDatabase,
  'kubernetes.object': kubernetes.object,
  'kubernetes.workload': kubernetes.workloadFact,
  'kubernetes.container': kubernetes.container,
  'kubernetes.environment-variable': kubernetes.environmentVariable,
  'kubernetes.volume': kubernetes.volume,
  'kubernetes.reference': kubernetes.reference,
  'kubernetes.service': kubernetesNetwork.service,
  'kubernetes.ingress': kubernetesNetwork.ingress,
  'kubernetes.ingress-backend': kubernetesNetwork.ingressBackend,
  'kubernetes.ingress-annotation': kubernetesNetwork.ingressAnnotation,
  'kubernetes.network-policy': kubernetesNetwork.networkPolicy,
  'kubernetes.network-policy-peer': kubernetesNetwork.networkPolicyPeer,
  'kubernetes.autoscaler': kubernetesPolicy.autoscaler,
  'kubernetes.disruption-budget': kubernetesPolicy.disruptionBudget,
  'kubernetes.secret': kubernetesPolicy.secret,
  'kubernetes.secret-entry': kubernetesPolicy.secretEntry,
  'kubernetes.service-account': kubernetesPolicy.serviceAccount,
  'kubernetes.role': kubernetesPolicy.role,
  'kubernetes.role-binding': kubernetesPolicy.roleBinding,
  'workflows.job': workflows.workflowJob,
  'workflows.action': workflows.workflowAction,
  'workflows.input': workflows.workflowInput,
  'workflows.expression': workflows.workflowExpression,
  'workflows.checkout': workflows.workflowCheckout,
  'workflows.command': workflows.workflowCommand,
  'workflows.scan': workflows.workflowScan,
  'workflows.check': workflows.workflowCheck,
  'workflows.call': workflows.workflowCall,
  'workflows.condition': workflows.workflowCondition,
  'workflows.sarif-upload': workflows.workflowSarif,
  'workflows.notification': workflows.workflowNotification,
  'workflows.image-build': workflows.workflowImageBuild,
  'workflows.image': workflows.workflowImage,
  'workflows.npm-package': workflows.npmPackage,
  'workflows.pipeline': workflows.pipeline,
  'workflows.workflow': workflows.workflow,
  'source.request': source.request,
  'source.scrape': source.scrape,
  'source.variable': source.variable,
  'source.needed-variable': source.neededVariable,
  'source.environment-file-option': source.environmentFileOption,
  'source.profile': source.profile,
  'source.cors': source.cors,
  'source.stub': source.stub,
  'source.unfinished': source.unfinished,
  'source.query': source.query,
  'source.logged-body': source.loggedBody,
  'source.connections': source.connections,
  'source.session-setting': source.sessionSetting,
  'source.exposed-port': source.exposedPort,
  'source.focused-test': source.focusedTest,
  'source.framework': source.framework,
  'source.stored-password': source.storedPassword,
  'source.health-stub': source.healthStub,
  'source.tenant-header': source.tenantHeader,
  'source.error-detail': source.errorDetail,
  'source.database-driver': source.databaseDriver,
  'source.database-tls': source.databaseTls,
  'monitoring.scrape-target': monitoring.scrapeTarget,
  'monitoring.prometheus': monitoring.prometheusConfig,
  'monitoring.rule-file': monitoring.ruleFile,
  'monitoring.alert': monitoring.alert,
  'monitoring.alertmanager': monitoring.notification,
  'monitoring.dashboards': monitoring.dashboards,
  'operations.script': operations.script,
  'operations.counter': operations.counter,
  'operations.developer-path': operations.developerPath,
  'operations.rollout': operations.rollout,
  'operations.production-command': operations.productionCommand,
  'operations.load-test': operations.loadTest,
  'operations.load-test-command': operations.loadTestCommand,
  'operations.bind-source': operations.bindSource,
  'operations.environment-file': operations.environmentFile,
  'operations.external': operations.external,
  'operations.include': operations.nginxInclude,
  'operations.practice': operations.practice,
  'operations.dump': operations.dump,
  'operations.kept-dump': operations.keptDump,
  'operations.piped-password': operations.pipedPassword,
  'operations.restore': operations.restore,
  'operations.backup': operations.backup,
  'operations.datastores': operations.datastores,
  'evidence.file': evidence.evidenceFile,
  'coverage.total': coverages.coverageTotal,
  'coverage.report': coverages.coverageReport,
  'coverage.service': coverages.coverageService,
  'tests.total': tests.testsTotal,
  'tests.run': tests.testsRun,
  'tests.suite': tests.testsSuite,
  'tests.failure': tests.testsFailure,
  'tests.flaky': tests.testsFlaky,
  'vulnerabilities.scan': vulnerabilities.scan,
  'vulnerabilities.vulnerability': vulnerabilities.vulnerability,
  'vulnerabilities.suppressed': vulnerabilities.suppressed,
  'vulnerabilities.ignored': vulnerabilities.ignored,
  'vulnerabilities.total': vulnerabilities.total,
  'vulnerabilities.misconfiguration': vulnerabilities.misconfiguration,
  'vulnerabilities.secret': vulnerabilities.foundSecret,
  'vulnerabilities.license': vulnerabilities.license,
  'load.total': load.loadTotal,
  'load.run': load.loadRun,
  'load.endpoint': load.loadEndpoint,
  'load.threshold': load.loadThreshold,
  'smoke.total': smoke.smokeTotal,
  'smoke.check': smoke.smokeCheck,
  'analysis.run': analysis.run,
  'analysis.result': analysis.result,
  'sbom.document': sboms.sbom,
} as const

export type FactKind = keyof typeof factKinds
export type FactValue<K extends FactKind> = z.infer<(typeof factKinds)[K]['schema']>

/** One typed thing that was read from the repository or the evidence. */
export interface Fact<K extends FactKind = FactKind> {
  kind: K
  /** Its name in its own system's words: `Deployment/shop/api container web`, `service api`, `stage build`. */
  subject: string
  place: Place
  /** Finer places inside the fact, for rules that say `at: image`. */
  places?: Record<string, Place>
  value: FactValue<K>
}
