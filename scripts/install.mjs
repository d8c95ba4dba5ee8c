// Installs the packages that package-lock.json asks for, if they are not there yet.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, npm, root } from './console.mjs';

const OLDEST_NODE = 20;

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

/** @param {string} file @returns {Record<string, LockedPackage>} */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Whether node_modules holds what the lock file says; optional packages may be for another platform. */
function isInstalled() {
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = lockedPackages(path.join(root, 'package-lock.json'));
  const installed = lockedPackages(installedFile);
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' || optional || (installed[name]?.version === version && existsSync(path.join(root, name))),
  );
}

/** Whether `npm ci` has to run; fails if this Node is too old for the project. */
export function packagesAreMissing() {
  if (Number.parseInt(process.versions.node) < OLDEST_NODE) {
    throw new Failure(`CoLens needs Node ${OLDEST_NODE} or later; this is Node ${process.versions.node}.`);
  }
  return !isInstalled();
}

export function installPackages() {
  return npm(['ci', '--no-audit', '--no-fund']);
}
