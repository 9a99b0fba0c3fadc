// What the sandbox puts before its script's files when it joins them.
declare const sandboxOrigin: string;
declare const releaseTrain: string | undefined;
declare const languages: Record<string, Record<string, Record<string, string>>>;

interface Window {
  /** Not in TypeScript's own description of the browser yet. */
  navigation?: EventTarget;
}
