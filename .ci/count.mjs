// Says in one line how the tests ended, from vitest's own report, and ends with the status of the run:
//   node .ci/count.mjs REPORT STATUS
import { readFileSync } from 'node:fs';

const [reportPath, runStatus] = process.argv.slice(2);
const status = Number(runStatus);

function count() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(reportPath, 'utf8'));
    // A file that cannot even be loaded has no tests to fail, and must not go uncounted.
    const unloaded = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  } catch (error) {
    console.log(`No report of the tests: ${error.message}`);
    return { passed: 0, failed: 0 };
  }
}

const { passed, failed } = count();
// What failed outside the tests (types, lint, dead code, the runner itself) counts as one.
console.log(`${passed} passed, ${status !== 0 && failed === 0 ? 1 : failed} failed`);
process.exit(status !== 0 ? status : failed > 0 || passed === 0 ? 1 : 0);
