/** The inputs of an action, by name; `@1-3` after a name says in which major versions, `@2-` from which on, it is there. */
export interface ActionInputs {
  /** The newest major version that the table knows. Later ones are not judged. */
  latest: number
  inputs: string
}

/** From the action.yml of every release of the most used actions, as of November 2026. */
export const actionInputs: Readonly<Record<string, ActionInputs>> = {
  'actions/cache': {
    latest: 5,
    inputs:
      'enableCrossOsArchive@3- fail-on-cache-miss@3- key lookup-only@3- path restore-keys save-always@4- upload-chunk-size@2-',
  },
  'actions/cache/restore': {
    latest: 5,
    inputs: 'enableCrossOsArchive fail-on-cache-miss key lookup-only path restore-keys',
  },
  'actions/cache/save': {
    latest: 5,
    inputs: 'enableCrossOsArchive key path upload-chunk-size',
  },
  'actions/checkout': {
    latest: 7,
    inputs:
      'allow-unsafe-pr-checkout@2- clean fetch-depth fetch-tags@3- filter@4- github-server-url@3- lfs path persist-credentials@2- ref repository set-safe-directory@2- show-progress@4- sparse-checkout@3- sparse-checkout-cone-mode@3- ssh-key@2- ssh-known-hosts@2- ssh-strict@2- ssh-user@4- submodules token',
  },
  'actions/download-artifact': {
    latest: 8,
    inputs:
      'artifact-ids@4- digest-mismatch@8- github-token@4- merge-multiple@4- name path pattern@4- repository@4- run-id@4- skip-decompress@8-',
  },
  'actions/github-script': {
    latest: 8,
    inputs:
      'base-url@7- debug github-token previews result-encoding retries@6- retry-exempt-status-codes@6- script user-agent',
  },
  'actions/setup-go': {
    latest: 7,
    inputs:
      'architecture@3- cache@3- cache-dependency-path@3- check-latest@2- go-download-base-url@6- go-version go-version-file@3- stable@2-2 token@2- version@1-1',
  },
  'actions/setup-java': {
    latest: 5,
    inputs:
      'architecture cache@2- cache-dependency-path@4- check-latest@2- distribution@2- gpg-passphrase gpg-private-key java-package java-version java-version-file@3- jdk-file@5- jdkFile job-status@2- mvn-toolchain-id@3- mvn-toolchain-vendor@3- overwrite-settings@2- server-id server-password server-username set-default@5- settings-path show-download-progress@5- token@3- verify-signature@5- verify-signature-public-key@5- version@1-1',
  },
  'actions/setup-node': {
    latest: 7,
    inputs:
      'always-auth@1-6 architecture@2- cache@2- cache-dependency-path@2- check-latest@2- mirror@4- mirror-token@4- node-version node-version-file@2- package-manager-cache@5- registry-url scope token@2- version@1-2',
  },
  'actions/setup-python': {
    latest: 7,
    inputs:
      'allow-prereleases@4- architecture cache@2- cache-dependency-path@2- check-latest@4- freethreaded@5- pip-install@6-6 pip-version@6- python-version python-version-file@4- token@2- update-environment@4- version@1-1',
  },
  'actions/upload-artifact': {
    latest: 7,
    inputs:
      'archive@7- compression-level@4- if-no-files-found@2- include-hidden-files@3- name overwrite@4- path retention-days@2-',
  },
  'actions/upload-artifact/merge': {
    latest: 7,
    inputs: 'compression-level delete-merged include-hidden-files name pattern retention-days separate-directories',
  },
  'aquasecurity/trivy-action': {
    latest: 0,
    inputs:
      'artifact-type cache cache-dir docker-host exit-code format github-pat hide-progress ignore-policy ignore-unfixed image-ref input limit-severities-for-sarif list-all-pkgs output scan-ref scan-type scanners security-checks severity skip-dirs skip-files skip-setup-trivy template tf-vars timeout token-setup-trivy trivy-config trivyignores version vuln-type',
  },
  'aws-actions/configure-aws-credentials': {
    latest: 6,
    inputs:
      'action-timeout-s@5- allowed-account-ids@5- audience aws-access-key-id aws-profile@6- aws-region aws-secret-access-key aws-session-token custom-tags@6- disable-retry@3- force-skip-oidc@5- http-proxy@2- inline-session-policy@2- managed-session-policies@2- mask-aws-account-id no-proxy@5- output-credentials@3- output-env-credentials@4- overwrite-aws-profile@6- retry-max-attempts@3- role-chaining@2- role-duration-seconds role-external-id role-session-name role-skip-session-tagging role-to-assume special-characters-workaround@3- sts-endpoint@6- transitive-tag-keys@6- unset-current-credentials@3- use-existing-credentials@4- web-identity-token-file',
  },
  'codecov/codecov-action': {
    latest: 5,
    inputs:
      'aws_curl_args@1-1 base_sha@5- binary@5- codecov_curl_args@1-1 codecov_yml_path@4- commit_parent@1- directory@1- disable_file_fixes@4- disable_safe_directory@4- disable_search@4- disable_telem@5- dry_run@2- env_vars@1- exclude@4- fail_ci_if_error@1- file@0-4 files@1- flags force@5- full_report@3-3 functionalities@1-3 gcov@3-3 gcov_args@1- gcov_executable@1- gcov_ignore@3- gcov_include@3- gcov_path_exclude@1-1 gcov_path_include@1-1 gcov_prefix@1-1 gcov_root_dir@1-1 git_service@4- handle_no_reports_found@4- job_code@4- move_coverage_to_trash@1-3 name network_filter@1- network_prefix@3- os@2- override_branch@1- override_build@1- override_build_url@4- override_commit@1- override_pr@1- override_tag@1-3 path_to_write_report@1-1 plugin@4-4 plugins@4- recurse_submodules@5- report_code@4- report_type@5- root_dir@1- run_command@5- skip_validation@5- slug@2- swift@3-3 swift_project@3- token upstream_proxy@3-3 url@2- use_legacy_upload_endpoint@4- use_oidc@4- use_pypi@5- verbose@1- version@2- working-directory@1- xcode@3-3 xcode_archive_path@3-3 xcode_derived_data@1-1 xcode_package@1-1 xtra_args@3-3 yml@1-1',
  },
  'docker/build-push-action': {
    latest: 7,
    inputs:
      'add-hosts@2- add_git_labels@1-1 allow@2- always_pull@1-1 annotations@5- attests@3- build-args@2- build-contexts@2- build_args@1-1 builder@2- cache-from@2- cache-to@2- cache_froms@1-1 call@6- cgroup-parent@2- context@2- dockerfile@1-1 file@2- github-token@2- labels load@2- network@2- no-cache@2- no-cache-filters@3- outputs@2- password@1-1 path@1-1 platforms@2- provenance@3- pull@2- push registry@1-1 repository@1-1 sbom@3- secret-envs@5- secret-files@2- secrets@2- shm-size@2- ssh@2- tag_with_ref@1-1 tag_with_sha@1-1 tags target ulimit@2- username@1-1',
  },
  'docker/login-action': {
    latest: 4,
    inputs: 'ecr logout password registry registry-auth@3- scope@3- username',
  },
  'docker/metadata-action': {
    latest: 6,
    inputs:
      'annotations@5- bake-target@2- context@4- flavor@2- github-token images label-custom@1-1 labels@2- sep-annotations@5- sep-labels sep-tags tag-coerce-tag@1-1 tag-custom@1-1 tag-custom-only@1-1 tag-edge@1-1 tag-edge-branch@1-1 tag-latest@1-1 tag-latest-match@1-1 tag-match@1-1 tag-match-group@1-1 tag-match-latest@1-1 tag-schedule@1-1 tag-semver@1-1 tag-sha@1-1 tags@2-',
  },
  'docker/setup-buildx-action': {
    latest: 4,
    inputs:
      'append@2- buildkitd-config@3- buildkitd-config-inline@3- buildkitd-flags cache-binary@3- cleanup@2- config@1-3 config-inline@1-3 driver driver-opts endpoint github_token@2-2 install@1-3 keep-state@3- name@3- platforms@2- use version',
  },
  'docker/setup-qemu-action': {
    latest: 4,
    inputs: 'cache-image@3- image platforms reset@4-',
  },
  'github/codeql-action/init': {
    latest: 4,
    inputs:
      'analysis-kinds@3- build-mode@2- check-run-id@3- config@2- config-file db-location debug debug-artifact-name debug-database-name dependency-caching@2- external-repository-token languages matrix packs quality-queries@3- queries ram registries setup-python-dependencies source-root threads token tools trap-caching',
  },
  'github/codeql-action/analyze': {
    latest: 4,
    inputs:
      'add-snippets category check_name checkout_path cleanup-level expect-error matrix output post-processed-sarif-path@3- ram ref sha skip-queries threads token upload upload-database wait-for-processing',
  },
  'github/codeql-action/autobuild': {
    latest: 4,
    inputs: 'matrix token working-directory',
  },
  'github/codeql-action/upload-sarif': {
    latest: 4,
    inputs: 'category checkout_path matrix ref sarif_file sha token wait-for-processing',
  },
  'golangci/golangci-lint-action': {
    latest: 9,
    inputs:
      'annotations@5-5 args cache-invalidation-interval@5- debug@9- directory@0-0 experimental@9- flags@0-0 format@0-0 github-token github_token@0-0 install-mode@3- install-only@9- only-new-issues@1- problem-matchers@6- skip-build-cache@2-4 skip-cache@3- skip-go-installation@2-2 skip-pkg-cache@2-4 skip-save-cache@5- verify@6- version version-file@9- working-directory@1-',
  },
  'pnpm/action-setup': {
    latest: 4,
    inputs: 'bin_dest@1-1 dest package_json_file@2- registry@1-1 run_install standalone@2- version',
  },
  'slackapi/slack-github-action': {
    latest: 4,
    inputs:
      'api@2- channel-id@1-1 errors@2- message@1-1 method@2- payload payload-delimiter payload-file-path payload-file-path-parsed@1-1 payload-templated@2- proxy@2- retries@2- slack-message@1-1 token@2- update-ts@1-1 webhook@2- webhook-type@2- who-to-greet@1-1',
  },
  'softprops/action-gh-release': {
    latest: 3,
    inputs:
      'append_body body body-path@0-0 body_path discussion_category_name draft fail_on_unmatched_files files generate_release_notes make_latest@2- name overwrite_files@2- prerelease preserve_order@2- previous_tag@2- repository tag_name target_commitish token working_directory@2-',
  },
}
