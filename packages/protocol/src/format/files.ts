import { complain, type Field, isObject, typeName, unknownMembers } from '../fields.ts';
import type { Attachment } from '../wire.ts';

/** A name that no header can be broken with, and that is no path. */
const fileName = /^[^\u0000-\u001f\u007f"\\/:*?<>|]{1,255}$/;
const mimeType = /^[\w.+-]{1,127}\/[\w.+-]{1,127}$/;

const isContent = (value: unknown): boolean =>
  value instanceof Uint8Array ||
  (isObject(value) && typeof value['size'] === 'number' && typeof value['type'] === 'string' && typeof value['arrayBuffer'] === 'function');

/** Files that travel beside the parameters, in order. The first is `<file 1>` in the text of an e-mail. */
export const files: Field<readonly Attachment[]> = {
  params: [],
  check: (value, path) => {
    if (!Array.isArray(value)) return complain(path, `is ${typeName(value)}; expected an array of files`);
    if (value.length === 0) return complain(path, 'is empty');
    return value.flatMap((file: unknown, at) => {
      const place = `${path}[${at}]`;
      if (!isObject(file)) return complain(place, `is ${typeName(file)}; expected { name, content, type? }`);
      const { name, content, type } = file;
      return [
        ...unknownMembers(file, ['name', 'content', 'type'], place),
        ...(typeof name === 'string' && fileName.test(name) ? [] : complain(`${place}.name`, 'expected a file name without path, quotes or control characters')),
        ...(isContent(content) ? [] : complain(`${place}.content`, 'expected a Uint8Array, a Blob or a File')),
        ...(type === undefined || (typeof type === 'string' && mimeType.test(type)) ? [] : complain(`${place}.type`, 'expected a MIME type')),
      ];
    });
  },
  encode: () => ({}),
  files: (value) => value,
};
