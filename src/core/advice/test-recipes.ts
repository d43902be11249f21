import type { Recipe } from './step.ts'
import type { ToolchainName } from './toolchains.ts'

/** How each test runner writes JUnit XML. */
export const testRecipes: Record<ToolchainName, Recipe> = {
  vitest: {
    title: 'Test with Vitest',
    run: ['npx vitest run --reporter=default --reporter=junit --outputFile.junit=reports/junit.xml'],
    writes: 'reports/junit.xml',
  },
  jest: {
    title: 'Test with Jest',
    run: [
      'npm install --no-save --no-audit jest-junit@17.0.0',
      'JEST_JUNIT_OUTPUT_DIR=reports npx jest --ci --reporters=default --reporters=jest-junit',
    ],
    writes: 'reports/junit.xml',
  },
  mocha: {
    title: 'Test with Mocha',
    run: [
      'npm install --no-save --no-audit mocha-junit-reporter@2.2.1',
      'npx mocha --reporter mocha-junit-reporter --reporter-options mochaFile=reports/junit.xml',
    ],
    writes: 'reports/junit.xml',
  },
  node: {
    title: 'Test with node --test',
    run: [
      'mkdir -p reports',
      'node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=reports/junit.xml',
    ],
    writes: 'reports/junit.xml',
  },
  go: {
    title: 'Test with go test',
    run: ['mkdir -p reports', 'go run gotest.tools/gotestsum@v1.13.0 --junitfile reports/junit.xml -- ./...'],
    writes: 'reports/junit.xml',
  },
  maven: {
    title: 'Test with Maven',
    run: ['mvn --batch-mode --no-transfer-progress verify'],
    writes: 'target/surefire-reports/TEST-*.xml',
  },
  gradle: {
    title: 'Test with Gradle',
    run: ['./gradlew --no-daemon test'],
    writes: 'build/test-results/test/TEST-*.xml',
  },
  pytest: {
    title: 'Test with pytest',
    run: ['python -m pytest --junitxml=reports/junit.xml'],
    writes: 'reports/junit.xml',
  },
  rust: {
    title: 'Test with cargo nextest',
    run: [
      'cargo install cargo-nextest --version 0.9.151 --locked',
      'mkdir -p .config',
      `printf '[profile.ci.junit]\\npath = "junit.xml"\\n' > .config/nextest-ci.toml`,
      'cargo nextest run --profile ci --tool-config-file prodgate:"$PWD/.config/nextest-ci.toml"',
    ],
    writes: 'target/nextest/ci/junit.xml',
  },
  dotnet: {
    title: 'Test with dotnet test',
    run: ['dotnet test --logger "junit;LogFilePath=TestResults/junit.xml"'],
    writes: 'TestResults/junit.xml',
    note: 'Each test project needs the package JunitXml.TestLogger; its folder then has the TestResults.',
  },
  php: {
    title: 'Test with PHPUnit',
    run: ['vendor/bin/phpunit --log-junit reports/junit.xml'],
    writes: 'reports/junit.xml',
  },
  ruby: {
    title: 'Test with RSpec',
    run: ['bundle exec rspec --format progress --format RspecJunitFormatter --out reports/junit.xml'],
    writes: 'reports/junit.xml',
    note: 'The Gemfile needs rspec_junit_formatter in its test group.',
  },
}

/** How each test runner writes what the tests covered. */
export const coverageRecipes: Record<ToolchainName, Recipe> = {
  vitest: {
    title: 'Measure coverage with Vitest',
    run: ['npx vitest run --coverage.enabled --coverage.reporter=lcovonly'],
    writes: 'coverage/lcov.info',
    note: 'The project needs @vitest/coverage-v8 in the version of vitest.',
  },
  jest: {
    title: 'Measure coverage with Jest',
    run: ['npx jest --ci --coverage --coverageReporters=lcovonly'],
    writes: 'coverage/lcov.info',
  },
  mocha: {
    title: 'Measure coverage with Mocha',
    run: ['npx --yes c8@12.0.0 --reporter=lcovonly npx mocha'],
    writes: 'coverage/lcov.info',
  },
  node: {
    title: 'Measure coverage with node --test',
    run: [
      'mkdir -p coverage',
      'node --test --experimental-test-coverage --test-reporter=lcov --test-reporter-destination=coverage/lcov.info',
    ],
    writes: 'coverage/lcov.info',
  },
  go: {
    title: 'Measure coverage with go test',
    run: ['go test -coverprofile=coverage.out ./...'],
    writes: 'coverage.out',
  },
  maven: {
    title: 'Measure coverage with JaCoCo',
    run: [
      'mvn --batch-mode --no-transfer-progress org.jacoco:jacoco-maven-plugin:0.8.16:prepare-agent verify org.jacoco:jacoco-maven-plugin:0.8.16:report',
    ],
    writes: 'target/site/jacoco/jacoco.xml',
  },
  gradle: {
    title: 'Measure coverage with JaCoCo',
    run: ['./gradlew --no-daemon test jacocoTestReport'],
    writes: 'build/reports/jacoco/test/jacocoTestReport.xml',
    note: 'The build needs the plugin jacoco, and jacocoTestReport { reports { xml.required = true } }.',
  },
  pytest: {
    title: 'Measure coverage with pytest',
    run: [
      'python -m pip install pytest-cov==7.1.0',
      'python -m pytest --cov --cov-branch --cov-report=xml:coverage.xml',
    ],
    writes: 'coverage.xml',
  },
  rust: {
    title: 'Measure coverage with cargo llvm-cov',
    run: [
      'rustup component add llvm-tools-preview',
      'cargo install cargo-llvm-cov --version 0.9.1 --locked',
      'cargo llvm-cov --workspace --lcov --output-path lcov.info',
    ],
    writes: 'lcov.info',
  },
  dotnet: {
    title: 'Measure coverage with dotnet test',
    run: ['dotnet test --collect "XPlat Code Coverage" --results-directory TestResults'],
    writes: 'TestResults/*/coverage.cobertura.xml',
    note: 'Each test project needs the package coverlet.collector, which the templates of test projects have.',
  },
  php: {
    title: 'Measure coverage with PHPUnit',
    run: ['XDEBUG_MODE=coverage vendor/bin/phpunit --coverage-cobertura reports/cobertura.xml'],
    writes: 'reports/cobertura.xml',
    note: 'PHP needs Xdebug or PCOV.',
  },
  ruby: {
    title: 'Measure coverage with SimpleCov',
    run: ['COVERAGE=true bundle exec rspec'],
    writes: 'coverage/coverage.xml',
    note: 'The Gemfile needs simplecov-cobertura, and the spec helper starts SimpleCov with its formatter.',
  },
}
