// In place of @vscode/native-watchdog, which would have to be compiled: ends an extension host that is stuck while its
// parent dies. The scripts end the whole process group.
exports.start = () => {};
exports.exit = (/** @type {number} */ code) => process.exit(code);
