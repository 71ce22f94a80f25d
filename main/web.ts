/** The app in a browser, for machines with no Electron or no display; the same as `tether --web`. */
import { reportError } from './commands/report-error';
import { run } from './commands/web';

run(process.argv.slice(2))
  .catch((error: unknown) => reportError('--web', error))
  .then(
    (status) => process.exit(status),
    () => process.exit(1),
  );
