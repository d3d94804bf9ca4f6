import { expect, it } from 'vitest';
import { decoderOf } from './encoding';
import { readBack } from './tables.fixture';

// Bytes of letters as other encodings than UTF-8 write them; made by TextDecoder turned round, as Node writes few of them.

function encode(text: string, encoding: string): Buffer {
  const codes = new Map<string, number[]>();
  for (let byte = 0; byte < 256; byte += 1) codes.set(decoderOf(encoding)(Buffer.of(byte)), [byte]);
  if (encoding === 'cp850') return Buffer.from([...text].flatMap((sign) => codes.get(sign) ?? []));
  const decoder = new TextDecoder(encoding);
  for (let first = 0x81; first < 0xff; first += 1)
    for (let second = 0x40; second < 0xff; second += 1) {
      const sign = decoder.decode(Uint8Array.of(first, second));
      if (sign.length === 1 && !codes.has(sign)) codes.set(sign, [first, second]);
    }
  return Buffer.from([...text].flatMap((sign) => codes.get(sign) ?? []));
}

const texts: [encoding: string, words: string][] = [
  ['windows-1251', 'Хлеб молоко сметана яблоко количество магазин'],
  ['koi8-r', 'Хлеб молоко сметана яблоко количество магазин'],
  ['windows-1253', 'γάλα ψωμί τυρί ποσότητα κατάστημα'],
  ['iso-8859-7', 'γάλα ψωμί τυρί ποσότητα κατάστημα'],
  ['windows-1253', 'Ψωμί Φέτα φρέσκο Τιμή'],
  ['windows-1251', 'Уфа Чай Сахар Казань'],
  ['koi8-r', 'Уфа Чай Сахар Казань'],
  ['windows-1255', 'לחם חלב גבינה ירושלים כמות מחיר'],
  ['windows-1256', 'خبز حليب القاهرة الرياض المدينة السعر'],
  ['windows-874', 'ข้าวหอมมะลิ น้ำดื่ม กาแฟสด ราคา สินค้า'],
  ['shift_jis', '牛乳 豆腐 りんご みかん パン チーズ ヨーグルト'],
  ['gb18030', '牛奶 面包 苹果 香蕉 数量 价格 门店 日期 品牌'],
  ['euc-kr', '우유 빵 사과 바나나 수량 가격 매장 날짜'],
  ['windows-1252', 'Müsli Käse Brötchen Größe Süßkartoffel Äpfel Öl crème fraîche'],
  ['windows-1252', 'pâté été août mâche città perché smör bröd grädde niño año jamón'],
  ...['macintosh', 'cp850'].flatMap((encoding): [string, string][] => [
    [encoding, 'Müsli Käse Brötchen Größe Süßkartoffel Äpfel Öl crème fraîche'],
    [encoding, 'pâté été août mâche città perché smör bröd grädde niño año jamón'],
    [encoding, 'Käse Brot Milch Butter'],
  ]),
  ['windows-1252', 'O’Neill’s „Brot“ Preis…hier a–b L’Oréal Häagen-Dazs® 12€ Nestlé™ PLÜSCH'],
  ['iso-8859-15', 'Käse 12€ Brot 3€ Crème'],
];

it.each(texts)('tells %s by its letters: %s', async (encoding, words) => {
  const rows = Array.from({ length: 30 }, (_, at) => [String(at), words.split(' ')[at % words.split(' ').length]!]);
  const table = [['id', 'name'], ...rows];
  const file = encode(table.map((row) => `${row.join(',')}\n`).join(''), encoding);
  expect((await readBack(file)).table).toEqual(table);
});

it('reads UTF-32, and leaves out NUL bytes and the sign for the end of a file', async () => {
  const table = [
    ['id', 'name'],
    ['1', 'Müsli'],
    ['2', '燕麦'],
  ];
  const csv = table.map((row) => `${row.join(',')}\r\n`).join('');
  const wide = Buffer.concat(
    [...`\ufeff${csv}`].map((sign) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(sign.codePointAt(0)!);
      return bytes;
    }),
  );
  expect((await readBack(wide)).table).toEqual(table);
  expect((await readBack(`${csv.replace('Müsli', 'Müsli\0\0')}\0\0\u001a`)).table).toEqual(table);
});

it('refuses what is no table by what it is, and says what to do', async () => {
  const save = 'save it as .xlsx or .csv';
  await expect(readBack('\ufeff\n<!DOCTYPE html>\n<html>gone, sorry</html>')).rejects.toThrow(`web page (HTML)`);
  await expect(readBack('<?xml version="1.0"?><rss></rss>')).rejects.toThrow(save);
  for (const text of ['ID;PWXL;N;E\r\nP;PGeneral\r\n', 'TABLE\r\n0,1\r\n"EXCEL"\r\n'])
    await expect(readBack(text)).rejects.toThrow(save);
  await expect(readBack(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1))).rejects.toThrow('cut off: its beginning');
  await expect(readBack(Uint8Array.from({ length: 900 }, (_, at) => (at * 7) % 256))).rejects.toThrow('no text has');
});
