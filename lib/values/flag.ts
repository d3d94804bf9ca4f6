const words = (text: string): Set<string> => new Set(text.split(/\s+/));

const yes = words('1 y yes true t x on j ja wahr oui vrai si sí sì sim');
const no = new Set(['', ...words('0 n no false f off - none null na n/a nein falsch non faux nee não nao')]);

/** Yes or no as files write it; a number other than 0 is yes; null when it is neither. */
export function parseFlag(text: string): boolean | null {
  const value = text.trim().toLowerCase();
  if (yes.has(value)) return true;
  if (no.has(value)) return false;
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) !== 0 : null;
}

const takesBack =
  /^(returns?|returned|refund(ed)?|cancel\w*|void(ed)?|credit( note)?|retoure|retour|storno|storniert|rückgabe|gutschrift|avoir|remboursement|annulation|devoluci[oó]n|devuelto|abono|anulaci[oó]n|reso|storno|rimborso|nota di credito|annullo|teruggave|creditnota|devoluç[aã]o|estorno)$/;
const sells =
  /^(sales?|sold|sell|purchase|regular|normal|order|invoice|verkauf|kauf|rechnung|vente|achat|facture|venta|compra|factura|vendita|acquisto|fattura|verkoop|aankoop|factuur|venda|fatura)$/;

/** Whether a row takes a sale back, as a flag or by a word for what it is; null when it says neither. */
export function parseReturn(text: string): boolean | null {
  return parseFlag(text) ?? kindOfSale(text);
}

/** The same of words alone: "Return", "Verkauf". */
export function kindOfSale(text: string): boolean | null {
  const value = text.trim().toLowerCase();
  if (takesBack.test(value)) return true;
  return sells.test(value) ? false : null;
}
