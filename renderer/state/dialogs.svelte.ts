// Defines the questions the app asks: one at a time, each answered by a verb or by nothing.

export interface DialogButton<Answer extends string = string> {
  answer: Answer;
  label: string;
  /** `danger` for a button after which something is gone. */
  look?: 'primary' | 'danger' | 'big';
}

export interface Question<Answer extends string = string> {
  title: string;
  /** Paragraphs under the title. */
  text?: readonly string[];
  /** Names listed under the text; ten are shown, then "and 14 more". */
  list?: readonly string[];
  /** In the order of Windows and Linux: the asked-for verb first, "Cancel" last. */
  buttons: readonly DialogButton<Answer>[];
  /** The button that has the focus: the safe one, when something can be lost. */
  focus?: Answer;
  /** Something can be lost: the dialog is an `alertdialog`. */
  risky?: boolean;
  /** A text to be typed, such as a new name. */
  field?: { label: string; value: string; check?: (value: string) => string | null };
  /** A box to be ticked, such as "Always stop it; do not ask again". */
  checkbox?: string;
}

export interface Reply<Answer extends string = string> {
  /** `null` for Esc and for a closed dialog. */
  answer: Answer | null;
  text: string;
  ticked: boolean;
}

export interface OpenDialog {
  question: Question;
  reply: (reply: Reply) => void;
}

export class Dialogs {
  current = $state.raw<OpenDialog | null>(null);
  #waiting: OpenDialog[] = [];

  /** Resolves with what the person chose; a question that comes while another is open waits its turn. */
  ask<Answer extends string>(question: Question<Answer>): Promise<Reply<Answer>> {
    return new Promise((resolve) => {
      const dialog: OpenDialog = {
        question,
        reply: (reply) => {
          this.current = this.#waiting.shift() ?? null;
          resolve(reply as Reply<Answer>);
        },
      };
      if (this.current) this.#waiting.push(dialog);
      else this.current = dialog;
    });
  }
}
