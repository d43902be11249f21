import type { Collector } from '../collector.ts'
import { collectHabits } from './code-habits.ts'
import { collectNotes } from './code-notes.ts'
import { collectCors } from './cors.ts'
import { collectDatabaseTls } from './database-tls.ts'
import { relateConnections } from './connections.ts'
import { relateDrivers } from './drivers.ts'
import { relateEnvironmentFileOptions } from './environment-file-options.ts'
import { relateErrorDetails } from './error-details.ts'
import { isClaimed, isExample, isTest, languageOf } from './languages.ts'
import { relateExposedPorts } from './exposed-ports.ts'
import { collectFocusedTests } from './focused-tests.ts'
import { relateFrameworkVersions } from './framework-versions.ts'
import { collectHealthStubs } from './health-stubs.ts'
import { collectLoggedBodies } from './logged-bodies.ts'
import { relateProfiles } from './profiles.ts'
import { Programs } from './programs.ts'
import { take, takeReading } from './reading.ts'
import { relateRequests, relateScrapes } from './requests.ts'
import { relateSessionSettings } from './session-settings.ts'
import { relateStoredPasswords } from './stored-passwords.ts'
import { collectTenantFilter } from './tenants.ts'
import { relateVariables } from './variables.ts'

/** The source of what is deployed, and how it fits what the deployment files say of it. */
export const source: Collector = {
  topic: 'source',
  claims: ({ path, size }) => isClaimed(path, size),
  // A text in another encoding is not judged, and holds nothing up.
  recognises: () => false,
  collect: (file, sink, tree) => {
    take(file, tree)
    const language = languageOf(file.path)
    if (language !== undefined && isTest(file.path)) collectFocusedTests(file, language, sink)
    if (language === undefined || isTest(file.path) || isExample(file.path)) return
    collectNotes(file, sink)
    collectHabits(file, language, sink)
    collectLoggedBodies(file, language, sink)
    collectHealthStubs(file, sink)
    collectCors(file, language, sink)
    collectDatabaseTls(file, sink)
    if (language === 'jvm') collectTenantFilter(file, sink)
  },
  relate: (collected, sink) => {
    const reading = takeReading(collected.tree)
    relateEnvironmentFileOptions(reading, collected, sink)
    relateDrivers(reading.texts, sink)
    relateFrameworkVersions(reading.texts, sink)
    const programs = new Programs(reading, collected.tree)
    relateRequests(reading, programs, sink)
    relateScrapes(reading, programs, sink)
    const selected = relateProfiles(reading, programs, sink)
    relateErrorDetails(reading.texts, selected, sink)
    relateVariables(reading, programs, sink)
    relateExposedPorts(reading, programs, collected, sink)
    relateStoredPasswords(reading, collected, sink)
    relateSessionSettings(reading, collected, sink)
    relateConnections(reading, programs, collected, sink)
  },
}
