import type { Field } from '@/lib/contract/imports';

/** What retail exports of the north call their columns, one line a language: Swedish, Danish, Norwegian. */
export const synonymsNorth: Record<Field, string> = {
  date: `Datum, Försäljningsdatum, Köpdatum, Kvittodatum, Orderdatum, Fakturadatum, Bokföringsdatum, Dag, Vecka
    Dato, Salgsdato, Købsdato, Bondato, Ordredato, Fakturadato, Bogføringsdato, Dag, Uge
    Dato, Salgsdato, Kjøpsdato, Bongdato, Kvitteringsdato, Ordredato, Fakturadato, Bokføringsdato, Dag, Uke`,
  time: `Tid, Klockslag, Försäljningstid
    Tid, Tidspunkt, Klokkeslæt, Salgstid
    Tid, Tidspunkt, Klokkeslett, Salgstid`,
  store: `Butik, Butiksnr, Butiksnummer, Butikskod, Butik Id, Filial, Försäljningsställe, Varuhus
    Butik, Butiksnr, Butiksnummer, Butiksnavn, Butik Id, Filial, Forretning, Salgssted, Varehus
    Butikk, Butikknr, Butikknummer, Butikk Id, Filial, Forretning, Utsalgssted, Varehus`,
  store_name: `Butiksnamn, Namn, Benämning
    Butiksnavn, Navn, Betegnelse
    Butikknavn, Navn, Betegnelse`,
  region: `Region, Län, Distrikt, Ort, Kommun, Stad, Land
    Region, Distrikt, By, Kommune, Land
    Region, Fylke, Distrikt, By, Kommune, Land`,
  channel: `Kanal, Försäljningskanal, Kedja, Butikstyp, Butiksformat
    Kanal, Salgskanal, Kæde, Butikstype
    Kanal, Salgskanal, Kjede, Butikktype`,
  shopper: `Kundnr, Kundnummer, Kund, Kund Id, Medlemsnr, Medlemsnummer, Medlem, Kortnr, Kortnummer, Hushåll
    Kundenr, Kundenummer, Kunde, Kunde Id, Medlemsnr, Medlemsnummer, Medlem, Kortnr, Kortnummer, Husstand
    Kundenr, Kundenummer, Kunde, Kunde Id, Medlemsnr, Medlemsnummer, Medlem, Kortnr, Kortnummer, Husholdning`,
  receipt: `Kvittonr, Kvittonummer, Kvitto, Kvitto Id, Ordernr, Ordernummer, Fakturanr, Fakturanummer, Transaktion, Transaktionsnr
    Bonnr, Bonnummer, Bon, Kvitteringsnr, Kvittering, Ordrenr, Ordrenummer, Fakturanr, Fakturanummer, Transaktion, Transaktionsnr
    Bongnr, Bongnummer, Bong, Kvitteringsnr, Kvittering, Ordrenr, Ordrenummer, Fakturanr, Fakturanummer, Transaksjon, Transaksjonsnr`,
  product: `Artikelnr, Artikelnummer, Varunr, Varunummer, Artikelkod, Produktnr, Produktnummer, Produktkod, Produkt Id, Streckkod, Artikel, Vara, Produkt
    Varenr, Varenummer, Artikelnr, Artikelnummer, Produktnr, Produktnummer, Produktkode, Produkt Id, Stregkode, Vare, Artikel, Produkt
    Varenr, Varenummer, Artikkelnr, Artikkelnummer, Produktnr, Produktnummer, Produktkode, Produkt Id, Strekkode, Vare, Artikkel, Produkt`,
  product_name: `Artikelnamn, Varunamn, Produktnamn, Benämning, Artikelbenämning, Beskrivning, Artikel, Vara, Produkt
    Varenavn, Varetekst, Produktnavn, Varebeskrivelse, Betegnelse, Beskrivelse, Vare, Produkt
    Varenavn, Varetekst, Produktnavn, Varebeskrivelse, Betegnelse, Beskrivelse, Vare, Produkt`,
  brand: `Varumärke, Märke
    Mærke, Varemærke, Brand
    Merke, Varemerke, Merkevare`,
  manufacturer: `Tillverkare, Producent, Leverantör
    Producent, Fabrikant, Leverandør
    Produsent, Fabrikant, Leverandør`,
  category_1: `Avdelning, Huvudgrupp, Huvudvarugrupp
    Afdeling, Hovedgruppe, Hovedvaregruppe
    Avdeling, Hovedgruppe, Hovedvaregruppe`,
  category_2: `Varugrupp, Kategori, Produktgrupp, Artikelgrupp
    Varegruppe, Kategori, Produktgruppe
    Varegruppe, Kategori, Produktgruppe`,
  category_3: `Undergrupp, Undervarugrupp, Underkategori, Segment
    Undergruppe, Undervaregruppe, Underkategori, Segment
    Undergruppe, Undervaregruppe, Underkategori, Segment`,
  pack_size: `Förpackningsstorlek, Förpackning, Innehåll, Storlek, Nettovikt, Vikt
    Pakningsstørrelse, Pakning, Indhold, Størrelse, Nettovægt, Vægt
    Pakningsstørrelse, Pakning, Innhold, Størrelse, Nettovekt, Vekt`,
  pack_unit: `Måttenhet, Enhet
    Måleenhed, Enhed
    Måleenhet, Enhet`,
  units: `Antal, Kvantitet, Antal sålda, Sålt antal, Mängd, St
    Antal, Mængde, Solgt antal, Antal solgt, Stk
    Antall, Mengde, Solgt antall, Antall solgt, Stk`,
  amount: `Belopp, Summa, Radbelopp, Nettobelopp, Bruttobelopp, Omsättning, Försäljning, Försäljningsvärde, Totalt, Värde
    Beløb, Linjebeløb, Nettobeløb, Bruttobeløb, Omsætning, Salg, Salgsbeløb, Sum, Total, Værdi
    Beløp, Linjebeløp, Nettobeløp, Bruttobeløp, Omsetning, Salg, Salgsbeløp, Sum, Totalt, Verdi`,
  unit_price: `Styckpris, Enhetspris, À-pris, Pris, Försäljningspris
    Stykpris, Enhedspris, Pris, Salgspris
    Stykkpris, Enhetspris, Pris, Salgspris, Utsalgspris`,
  base_price: `Ordinarie pris, Ordpris, Normalpris, Listpris
    Normalpris, Ordinær pris, Listepris, Vejledende pris
    Ordinær pris, Normalpris, Listepris, Veiledende pris`,
  base_amount: `Belopp före rabatt, Bruttoförsäljning
    Beløb før rabat, Bruttosalg
    Beløp før rabatt, Bruttosalg`,
  discount: `Rabatt, Rabattprocent
    Rabat, Rabatprocent
    Rabatt, Rabattprosent`,
  promoted: `Kampanj, Erbjudande, Extrapris
    Kampagne, Tilbud
    Kampanje, Tilbud`,
  price_reduction: `Prissänkning, Nedsatt
    Prisnedsættelse, Nedsat
    Prisnedsettelse, Nedsatt`,
  feature: `Reklamblad, Annons
    Tilbudsavis, Reklame
    Kundeavis, Annonse`,
  display: `Exponering, Specialexponering
    Udstilling, Særplacering
    Eksponering, Spesialeksponering`,
  coupon: `Kupong, Rabattkupong
    Kupon, Rabatkupon
    Kupong, Rabattkupong`,
  is_return: `Retur, Återköp, Makulerad
    Retur, Returneret, Annulleret
    Retur, Returnert, Kansellert`,
};
