import type { EvidenceKind } from '../evidence-kinds.ts'
import type { Report } from '../report.ts'
import { loadSteps, smokeSteps } from './run-steps.ts'
import { analysisSteps, sbomSteps, vulnerabilitySteps } from './scan-steps.ts'
import { stepOf, type Recipe, type Step } from './step.ts'
import { coverageRecipes, testRecipes } from './test-recipes.ts'
import type { Survey, ToolchainName } from './toolchains.ts'

const perProject =
  (recipes: Record<ToolchainName, Recipe>) =>
  ({ toolchains }: Survey): Step[] =>
    toolchains.map(({ name, directory }) => stepOf(recipes[name], directory))

const steps: Record<EvidenceKind, (survey: Survey) => Step[]> = {
  tests: perProject(testRecipes),
  coverage: perProject(coverageRecipes),
  vulnerabilities: vulnerabilitySteps,
  analysis: analysisSteps,
  load: loadSteps,
  smoke: smokeSteps,
  sbom: sbomSteps,
}

/** The steps of a workflow that would make each kind of evidence, for what the repository is built with. */
export const adviceFor = (kinds: readonly EvidenceKind[], survey: Survey): NonNullable<Report['advice']> =>
  kinds.map((kind) => ({ kind, steps: steps[kind](survey) }))
