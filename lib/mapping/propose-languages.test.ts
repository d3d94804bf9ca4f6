import { describe, expect, it } from 'vitest';
import type { ImportKind } from '@/lib/contract/imports';
import { propose } from './propose';

/** A file of which each row is the same but for its day and its code. */
function proposed(pairs: Record<string, string>, given?: ImportKind) {
  const columns = Object.keys(pairs);
  const rows = Array.from({ length: 40 }, (_, at) =>
    Object.values(pairs).map((value) =>
      value.replace('DD', String(1 + (at % 28)).padStart(2, '0')).replace('#', `${at % 9}`),
    ),
  );
  return propose({ columns, rows }, given);
}

interface Case {
  language: string;
  /** Field: [column, value]. */
  fields: Record<string, [string, string]>;
}

const lines: Case[] = [
  {
    language: 'Swedish',
    fields: {
      date: ['Försäljningsdatum', 'DD.03.2024'],
      store: ['Butik', 'Ö#'],
      receipt: ['Kvittonr', '77#'],
      shopper: ['Kundnr', 'K#'],
      product: ['Artikelnr', '0040#'],
      product_name: ['Benämning', 'Te #'],
      brand: ['Varumärke', 'Alba'],
      category_1: ['Varugrupp', 'Te'],
      units: ['Antal', '2'],
      unit_price: ['Styckpris', '1,25'],
      amount: ['Belopp inkl moms', '2 500,50 kr'],
    },
  },
  {
    language: 'Danish',
    fields: {
      date: ['Dato', 'DD-03-2024'],
      store: ['Butik', 'Ø#'],
      receipt: ['Bonnr', '77#'],
      shopper: ['Kundenr', 'K#'],
      product: ['Varenr', '0040#'],
      product_name: ['Varenavn', 'Te #'],
      brand: ['Mærke', 'Alba'],
      category_1: ['Varegruppe', 'Te'],
      units: ['Antal', '2'],
      unit_price: ['Stykpris', '1,25'],
      amount: ['Beløb', '2.500,50 kr'],
    },
  },
  {
    language: 'Norwegian',
    fields: {
      date: ['Dato', 'DD.03.2024'],
      store: ['Butikk', 'Ø#'],
      receipt: ['Bongnr', '77#'],
      shopper: ['Medlemsnr', 'K#'],
      product: ['Varenummer', '0040#'],
      product_name: ['Varetekst', 'Te #'],
      brand: ['Merke', 'Alba'],
      category_1: ['Varegruppe', 'Te'],
      units: ['Antall', '2'],
      unit_price: ['Pris', '1,25'],
      amount: ['Beløp', '2 500,50'],
    },
  },
  {
    language: 'German',
    fields: {
      date: ['Belegdatum', 'DD.03.2024'],
      time: ['Uhrzeit', '14:05'],
      store: ['Filial-Nr.', '10#'],
      receipt: ['Bonnummer', '77#'],
      shopper: ['Kundenkarte', 'K#'],
      product: ['Artikelnummer', '0040#'],
      product_name: ['Artikelbezeichnung', 'Tee #'],
      brand: ['Marke', 'Alba'],
      manufacturer: ['Hersteller', 'Alba GmbH'],
      category_1: ['Hauptwarengruppe', 'Getränke'],
      category_2: ['Warengruppe', 'Tee'],
      pack_size: ['Packungsgröße', '250 g'],
      units: ['Menge', '2'],
      unit_price: ['Einzelpreis', '1,25'],
      base_price: ['Normalpreis', '1,50'],
      amount: ['Umsatz (EUR)', '2,50'],
      promoted: ['Aktion', 'Ja'],
      is_return: ['Storno', 'Nein'],
    },
  },
  {
    language: 'French',
    fields: {
      date: ["Date d'achat", 'DD/03/2024'],
      time: ['Heure', '14:05'],
      store: ['Magasin', 'M#'],
      receipt: ['N° de ticket', '77#'],
      shopper: ['Carte fidélité', 'K#'],
      product: ['Code article', '0040#'],
      product_name: ['Libellé article', 'Thé #'],
      brand: ['Marque', 'Alba'],
      manufacturer: ['Fournisseur', 'Alba SA'],
      category_1: ['Rayon', 'Boissons'],
      category_2: ['Famille', 'Thé'],
      category_3: ['Sous-famille', 'Thé vert'],
      pack_size: ['Contenance', '250 g'],
      units: ['Quantité', '2'],
      unit_price: ['Prix unitaire', '1,25'],
      amount: ['Montant TTC', '2,50'],
      promoted: ['En promo', 'Oui'],
    },
  },
  {
    language: 'Spanish',
    fields: {
      date: ['Fecha de venta', 'DD/03/2024'],
      time: ['Hora', '14:05'],
      store: ['Tienda', 'T#'],
      receipt: ['Nº de ticket', '77#'],
      shopper: ['Código cliente', 'K#'],
      product: ['Código de barras', '840#'],
      product_name: ['Descripción', 'Té #'],
      brand: ['Marca', 'Alba'],
      manufacturer: ['Fabricante', 'Alba SL'],
      category_1: ['Categoría', 'Bebidas'],
      category_2: ['Subcategoría', 'Té'],
      units: ['Cantidad', '2'],
      unit_price: ['Precio unitario', '1,25'],
      amount: ['Importe', '2,50'],
      promoted: ['Promoción', 'Sí'],
      is_return: ['Devolución', 'No'],
    },
  },
  {
    language: 'Italian',
    fields: {
      date: ['Data vendita', 'DD/03/2024'],
      time: ['Ora', '14:05'],
      store: ['Punto vendita', 'P#'],
      receipt: ['Numero scontrino', '77#'],
      shopper: ['Tessera', 'K#'],
      product: ['Codice articolo', '80#'],
      product_name: ['Descrizione articolo', 'Tè #'],
      brand: ['Marca', 'Alba'],
      manufacturer: ['Produttore', 'Alba Srl'],
      category_1: ['Reparto', 'Bevande'],
      category_2: ['Categoria', 'Tè'],
      units: ['Quantità', '2'],
      unit_price: ['Prezzo unitario', '1,25'],
      amount: ['Importo', '2,50'],
      promoted: ['Promozione', 'Sì'],
      is_return: ['Reso', 'No'],
    },
  },
  {
    language: 'Dutch',
    fields: {
      date: ['Verkoopdatum', 'DD-03-2024'],
      time: ['Tijd', '14:05'],
      store: ['Winkelnummer', '10#'],
      receipt: ['Kassabon', '77#'],
      shopper: ['Klantnummer', 'K#'],
      product: ['Artikelcode', '87#'],
      product_name: ['Omschrijving', 'Thee #'],
      brand: ['Merk', 'Alba'],
      manufacturer: ['Leverancier', 'Alba BV'],
      category_1: ['Afdeling', 'Dranken'],
      category_2: ['Productgroep', 'Thee'],
      units: ['Aantal', '2'],
      unit_price: ['Stukprijs', '1,25'],
      amount: ['Omzet', '2,50'],
      promoted: ['Actie', 'Nee'],
    },
  },
  {
    language: 'Portuguese',
    fields: {
      date: ['Data da venda', 'DD/03/2024'],
      time: ['Hora', '14:05'],
      store: ['Loja', 'L#'],
      receipt: ['Cupom fiscal', '77#'],
      shopper: ['Cartão cliente', 'K#'],
      product: ['Código do produto', '56#'],
      product_name: ['Descrição', 'Chá #'],
      brand: ['Marca', 'Alba'],
      manufacturer: ['Fornecedor', 'Alba Lda'],
      category_1: ['Categoria', 'Bebidas'],
      category_2: ['Subcategoria', 'Chá'],
      units: ['Quantidade', '2'],
      unit_price: ['Preço unitário', '1,25'],
      amount: ['Valor total', '2,50'],
      promoted: ['Promoção', 'Não'],
      is_return: ['Devolução', 'Sim'],
    },
  },
];

describe('headers in other languages', () => {
  it.each(lines)('$language lines', ({ fields }) => {
    const { kind, mapping } = proposed(Object.fromEntries(Object.values(fields)));
    expect(kind).toBe('transactions');
    expect(mapping.columns).toEqual(Object.fromEntries(Object.entries(fields).map(([field, [name]]) => [field, name])));
    expect(mapping.decimal).toBe(',');
  });

  it.each([
    ['Woche bis', 'Markt', 'EAN', 'Absatz', 'Umsatz'],
    ['Fin de semaine', 'Point de vente', 'EAN', 'UVC', "Chiffre d'affaires"],
    ['Semana', 'Punto de venta', 'EAN', 'Unidades', 'Ventas'],
    ['Settimana', 'Negozio', 'EAN', 'Pezzi', 'Fatturato'],
    ['Week t/m', 'Filiaal', 'EAN', 'Stuks', 'Omzet'],
    ['Semana até', 'Loja', 'EAN', 'Unidades', 'Faturamento'],
  ])('weeks: %s', (date, store, product, units, amount) => {
    const rows = Array.from({ length: 40 }, (_, at) => [
      new Date(Date.UTC(2024, 0, 7 + 7 * (at % 5))).toISOString().slice(0, 10),
      `S${at % 3}`,
      `0040${at % 9}`,
      '12',
      `${at},50`,
    ]);
    const { mapping } = propose({ columns: [date, store, product, units, amount], rows });
    expect(mapping.columns).toEqual({ date, store, product, units, amount });
    expect(mapping.grain).toBe('week');
  });

  it.each([
    ['products', { product: 'Artikel-Nr.', product_name: 'Bezeichnung', brand: 'Marke', category_1: 'Warengruppe' }],
    ['products', { product: 'Référence', product_name: 'Désignation', brand: 'Marque', category_1: 'Catégorie' }],
    // A product's name in Dutch, its code here.
    ['products', { product: 'product', product_name: 'name', brand: 'brand', category_1: 'category' }],
    ['stores', { store: 'Filialnummer', store_name: 'Filialname', region: 'Bundesland', channel: 'Vertriebslinie' }],
    ['stores', { store: 'Código tienda', store_name: 'Nombre tienda', region: 'Provincia', channel: 'Canal' }],
  ] as const)('lists of %s', (kind, fields) => {
    const found = proposed(Object.fromEntries(Object.values(fields).map((name) => [name, `X${name}#`])));
    expect(found.kind).toBe(kind);
    expect(found.mapping.columns).toEqual(fields);
  });
});
