// The files that were chosen or dropped, each with its path inside the folder that was handed in.

/** Takes away the name of a chosen folder where that folder is a case folder of its own. */
function inside(found) {
  const top = found[0]?.path.split("/")[0];
  const isCase = found.some(({ path }) => path === `${top}/case.toml`);
  const isWhole = found.every(({ path }) => path.startsWith(`${top}/`));
  if (!isCase || !isWhole) return found;
  return found.map(({ path, file }) => ({ path: path.slice(top.length + 1), file }));
}

/** Returns the files of an input for files or for a whole folder. */
export function chosen(input) {
  const found = Array.from(input.files, (file) => ({
    path: file.webkitRelativePath || file.name,
    file,
  }));
  return inside(found);
}

function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a folder's entries in batches; the last one is empty. */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return all;
    all.push(...batch);
  }
}

async function walk(entry, found) {
  if (entry.isFile) found.push({ path: entry.fullPath.slice(1), file: await fileOf(entry) });
  else for (const each of await entriesOf(entry)) await walk(each, found);
}

/** Returns the files of a drop, folders included. */
export async function dropped(transfer) {
  // All are asked for at once: after the first pause the browser forgets what was dropped.
  const things = Array.from(transfer.items, (item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found = [];
  for (const thing of things.filter(Boolean)) {
    if (thing instanceof File) found.push({ path: thing.name, file: thing });
    else await walk(thing, found);
  }
  return inside(found);
}
