// Small file systems that fill up. They need root and Linux.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const block = Buffer.alloc(4096, 1);

/** Writes a file until the disk is full. */
function fill(file) {
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeSync(descriptor, block);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}

const run = (program, ...args) => execFileSync(program, args, { stdio: 'pipe' });

const mounts = {
  tmpfs: (folder) => run('mount', '-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder),
  ext4: (folder) => {
    const image = `${folder}.image`;
    run('dd', 'if=/dev/zero', `of=${image}`, 'bs=1M', 'count=8');
    run('mkfs.ext4', '-q', '-O', '^has_journal', '-m', '0', image);
    run('mount', '-o', 'loop', image, folder);
  },
};

/** Mounts a file system. Returns its folder, or `undefined` if that is not possible here. */
function mount(kind, parent) {
  const folder = join(parent, kind);
  mkdirSync(folder);
  try {
    mounts[kind](folder);
    return folder;
  } catch {
    return undefined;
  }
}

/** Returns true if file systems of a kind can be mounted here. */
export function canMount(kind, parent) {
  const probe = join(parent, `probe-${kind}`);
  mkdirSync(probe);
  const folder = mount(kind, probe);
  if (folder) run('umount', folder);
  return folder !== undefined;
}

/** Creates a disk of a kind that fills up and is freed at random moments, until `free()` is called. */
export const smallDisk = (kind) => ({
  open: (parent, random) => {
    const folder = mount(kind, parent);
    if (!folder) throw new Error(`a ${kind} file system cannot be mounted`);
    const filler = join(folder, 'filler');
    let isOver = false;
    let fills = 0;
    const filling = (async () => {
      while (!isOver) {
        await wait(300 + random() * 1500);
        if (isOver) break;
        fill(filler);
        fills++;
        await wait(200 + random() * 1500);
        rmSync(filler);
      }
    })();
    const free = async () => {
      isOver = true;
      await filling;
    };
    return {
      folder,
      free,
      fills: () => fills,
      close: async () => {
        await free();
        run('umount', '-l', folder);
      },
    };
  },
});
