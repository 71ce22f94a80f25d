/** The `tether` command. What it does is in a module of its own, as `tether python` has all its modules compiled already. */

void import('./command-line')
  .then(({ main }) => main(process.argv.slice(2)))
  .then((status) => {
    process.exitCode = status;
  });
