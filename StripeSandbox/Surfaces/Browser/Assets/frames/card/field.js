/** One input: formats while the shopper types, keeps the caret where they left it, and judges what is there. */
export class Field {
  #kind;
  #context;
  #before = '';
  #settled = false;
  #demanded = false;

  /**
   * @param kind one of kinds.js
   * @param context gives `brand`, which the security code depends on
   * @param moves `changed()`, `forward()` when the field is done, `back()` on backspace at its start
   */
  constructor(kind, { label, placeholder, context, moves }) {
    this.#kind = kind;
    this.#context = context;
    this.moves = moves;
    this.input = Object.assign(document.createElement('input'), {
      name: kind.name, className: 'InputElement is-empty', type: 'text', autocomplete: kind.autocomplete,
      inputMode: kind.inputMode ?? 'numeric', placeholder, spellcheck: false, autocapitalize: 'none',
    });
    this.input.dataset.elementsStableFieldName = kind.stableName;
    this.input.setAttribute('autocorrect', 'off');
    this.input.setAttribute('aria-label', label);
    this.input.setAttribute('aria-invalid', 'false');
    this.#listen();
  }

  get text() {
    return this.input.value;
  }

  set text(text) {
    this.input.value = this.#kind.format(text, this.#context);
    this.#before = this.input.value;
  }

  get value() {
    return this.#kind.value(this.text);
  }

  get empty() {
    return this.text === '';
  }

  get complete() {
    return this.#check().complete;
  }

  /** The code of what is wrong, or null: an unfinished field is wrong once it is left, an empty one once it is needed. */
  get error() {
    const { complete, error } = this.#check();
    if (error) return error;
    const due = this.empty ? this.#demanded : this.#settled;
    return due && !complete ? this.#kind.incomplete : null;
  }

  /** The shop wants the value now: what is missing from here on is an error. */
  demand() {
    this.#settled = this.#demanded = true;
  }

  clear() {
    this.text = '';
    this.#settled = this.#demanded = false;
  }

  /** Writes the text anew, after the brand or the locale changed what is allowed. */
  reformat() {
    const { text } = this;
    this.text = text;
  }

  show() {
    const { error, empty, complete } = this;
    const { classList } = this.input;
    classList.toggle('is-empty', empty);
    classList.toggle('is-complete', complete && !error);
    classList.toggle('is-invalid', Boolean(error));
    this.input.setAttribute('aria-invalid', String(Boolean(error)));
  }

  focusAtEnd() {
    this.input.focus();
    this.input.setSelectionRange(this.text.length, this.text.length);
  }

  #check() {
    return this.#kind.check(this.text, { ...this.#context, editing: !this.#settled });
  }

  #listen() {
    this.input.addEventListener('beforeinput', event => this.#refuseOverflow(event));
    this.input.addEventListener('input', event => event.isComposing || this.#edited(event));
    this.input.addEventListener('compositionend', event => this.#edited(event));
    this.input.addEventListener('keydown', event => this.#moveOn(event));
    this.input.addEventListener('blur', () => {
      if (!document.hasFocus() && document.activeElement === this.input) return;
      this.#settled = true;
      this.moves.changed();
    });
  }

  /** A character typed into a full field must not push the last one out. */
  #refuseOverflow(event) {
    const { selectionStart, selectionEnd } = this.input;
    const typing = event.inputType === 'insertText' && event.data?.length === 1;
    if (typing && selectionStart === selectionEnd && this.#check().full) event.preventDefault();
  }

  #edited({ inputType = '' }) {
    const { keeps, format } = this.#kind;
    const { input } = this;
    const kept = text => [...text].filter(character => keeps.test(character)).length;
    const deleting = inputType.startsWith('delete');
    let text = input.value;
    let caret = input.selectionStart ?? text.length;
    if (inputType === 'deleteContentBackward' && text.length < this.#before.length && kept(text) === kept(this.#before)) {
      // Only a separator went: what the shopper meant is the digit before it.
      const digit = [...text.slice(0, caret)].findLastIndex(character => keeps.test(character));
      if (digit >= 0) {
        text = text.slice(0, digit) + text.slice(digit + 1);
        caret = digit;
      }
    }
    const atEnd = caret >= text.length;
    const wanted = kept(text.slice(0, caret));
    const formatted = format(text, { ...this.#context, deleting });
    if (formatted !== input.value) {
      input.value = formatted;
      if (document.activeElement === input) placeCaret(input, atEnd ? Infinity : wanted, keeps);
    }
    this.#before = formatted;
    this.#settled = this.#demanded = false;
    this.moves.changed();
    const { complete, full } = this.#check();
    const typed = inputType.startsWith('insert') && document.activeElement === input;
    if (typed && complete && full && input.selectionStart === formatted.length) this.moves.forward();
  }

  #moveOn(event) {
    const { selectionStart, selectionEnd } = this.input;
    if (selectionStart !== selectionEnd || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const moved = (event.key === 'Backspace' && this.empty) || (event.key === 'ArrowLeft' && selectionStart === 0) ? this.moves.back()
      : event.key === 'ArrowRight' && selectionStart === this.text.length ? this.moves.forward()
      : false;
    if (moved) event.preventDefault();
  }
}

function placeCaret(input, wanted, keeps) {
  let position = 0;
  for (let seen = 0; position < input.value.length && seen < wanted; position++) {
    if (keeps.test(input.value[position])) seen++;
  }
  input.setSelectionRange(position, position);
}
