import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Starts the files that take about a minute before all others: begun late, they would hold up the end of the run. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own method, which makes a new array
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

function isLong({ moduleId }: TestSpecification) {
  return /\/tests\/faults\/|-death\.test\.ts$/.test(moduleId)
}
