/** Renders a specification as SVG without browser or network; the output is deterministic. */
import { escapeXml } from '../text/escape.js';
import type { Spec } from './chart.js';
import { CONFIG } from './theme.js';

const silent = () => quiet;
const quiet = { level: () => 0, error: silent, warn: silent, info: silent, debug: silent };

/** Loaded on demand, because loading it takes longer than all the rest of the command line. */
async function load() {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  return { vega, vegaLite };
}

export async function toSvg(id: string, title: string, spec: Spec): Promise<string> {
  const { vega, vegaLite } = await load();
  const whole = { ...spec, config: CONFIG } as unknown as Parameters<typeof vegaLite.compile>[0];
  const options = { logger: quiet } as unknown as Parameters<typeof vegaLite.compile>[1];
  const view = new vega.View(vega.parse(vegaLite.compile(whole, options).spec), {
    renderer: 'none',
    logLevel: 0,
  });
  const svg = await view.toSVG();
  view.finalize();
  return named(id, title, settled(id, svg));
}

/** Makes the output deterministic: Vega numbers clip paths across the whole process, and writes 15 digits. */
function settled(id: string, svg: string): string {
  const ids = new Map<string, string>();
  const renamed = (old: string) => {
    const known = ids.get(old) ?? `${id}-${ids.size + 1}`;
    ids.set(old, known);
    return known;
  };
  return svg
    .replace(/\bid="([^"]+)"/g, (_, old: string) => `id="${renamed(old)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, old: string) => `url(#${renamed(old)})`)
    .replace(/\b(d|transform|x|y|x1|x2|y1|y2|width|height|points)="([^"]*)"/g, (whole) =>
      whole.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (digits) => `${Math.round(+digits * 100) / 100}`),
    );
}

/** Adds a title for screen readers, and the class that limits the width to the page. */
function named(id: string, title: string, svg: string): string {
  const label = `${id}-title`;
  return svg.replace(/<svg [^>]*>/, (tag) =>
    tag
      .replace(/ class="[^"]*"/, ` class="chart" role="img" aria-labelledby="${label}"`)
      .concat(`<title id="${label}">${escapeXml(title)}</title>`),
  );
}
