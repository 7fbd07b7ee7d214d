import type { Request } from 'express';

interface Layer {
  match(path: string): boolean;
  route?: { methods: Record<string, boolean> };
}

/** The methods that some route of this application takes at the path of a request. */
export function allowedMethods(request: Request): string[] {
  const { router } = request.app as unknown as { router?: { stack: Layer[] } };
  const methods = new Set<string>();
  for (const layer of router?.stack ?? []) {
    if (!layer.route || !matches(layer, request.path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return methods.has('_ALL') ? [] : [...methods].sort();
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
