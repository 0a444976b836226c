/** Letters of other scripts that people take for Latin ones (after Unicode's confusables, the ones fonts draw alike). */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["аɑα", "a"],
    ["сϲ", "c"],
    ["ԁ", "d"],
    ["еҽ", "e"],
    ["һ", "h"],
    ["іıι", "i"],
    ["ј", "j"],
    ["ӏ", "l"],
    ["оοօ", "o"],
    ["рρ", "p"],
    ["ѕ", "s"],
    ["ν", "v"],
    ["х", "x"],
    ["уγ", "y"],
    ["АΑ", "A"],
    ["ВΒ", "B"],
    ["С", "C"],
    ["ЕΕ", "E"],
    ["НΗ", "H"],
    ["ІΙ", "I"],
    ["Ј", "J"],
    ["КΚ", "K"],
    ["МΜ", "M"],
    ["Ν", "N"],
    ["ОΟ", "O"],
    ["РΡ", "P"],
    ["Ѕ", "S"],
    ["ТΤ", "T"],
    ["ХΧ", "X"],
    ["УΥ", "Y"],
    ["Ζ", "Z"],
  ].flatMap(([from = "", to = ""]) => [...from].map((letter) => [letter, to])),
);
const foldLetters = (text: string): string => text.replace(/\P{ASCII}/gu, (letter) => lookAlikes[letter] ?? letter);

/** Whether two texts differ only by letters of other scripts that look the same. */
export function areLookAlikes(a: string, b: string): boolean {
  return a !== b && foldLetters(a) === foldLetters(b);
}
