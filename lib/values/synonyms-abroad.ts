import type { Field } from '@/lib/contract/imports';

/**
 * What retail exports in other languages call their columns, one line a language: German, French, Spanish, Italian, Dutch,
 * Portuguese. Best name first; compared like those in English, without accents.
 */
export const synonymsAbroad: Record<Field, string> = {
  date: `Datum, Belegdatum, Verkaufsdatum, Kaufdatum, Buchungsdatum, Rechnungsdatum, Bestelldatum, Bondatum, Kassendatum, Tag, Verkaufstag, Zeitstempel, Woche bis, Woche, KW, Kalenderwoche, Wochenende
    date de vente, date d'achat, date vente, date ticket, date facture, date commande, date de commande, jour, horodatage, fin de semaine, semaine, semaine du, date comptable
    fecha, fecha de venta, fecha venta, fecha de compra, fecha factura, fecha pedido, fecha ticket, fecha documento, día, semana, fin de semana, semana del
    data, data vendita, data di vendita, data acquisto, data scontrino, data fattura, data ordine, data documento, giorno, settimana, fine settimana
    datum, verkoopdatum, aankoopdatum, besteldatum, factuurdatum, bondatum, boekingsdatum, dag, week t/m, week eindigend, weeknummer
    data, data da venda, data de venda, data venda, data da compra, data emissão, data fatura, data do pedido, dia, semana, semana até, fim da semana`,
  time: `Uhrzeit, Zeit, Kassierzeit, Bonzeit, Verkaufszeit
    heure, heure de vente, heure ticket
    hora, hora de venta
    ora, orario, ora vendita
    tijd, tijdstip, verkooptijd
    hora, hora da venda`,
  store: `Filiale, Filialnummer, Filial Nr, Markt, Marktnummer, Laden, Geschäft, Filialcode, Verkaufsstelle, Werk, Standort, Betrieb, Betriebsnummer
    magasin, code magasin, point de vente, n° magasin, id magasin, pdv, boutique, établissement, site
    tienda, código tienda, punto de venta, establecimiento, sucursal, local, centro, pdv
    punto vendita, negozio, codice negozio, filiale, pdv, codice punto vendita
    winkel, winkelnummer, filiaal, filiaalnummer, vestiging, winkelcode, verkooppunt
    loja, código loja, ponto de venda, filial, estabelecimento, pdv`,
  store_name: `Filialname, Marktname, Name der Filiale, Filialbezeichnung, Bezeichnung, Standortname
    nom du magasin, nom magasin, libellé magasin, nom, libellé
    nombre tienda, nombre de la tienda, nombre, descripción
    nome negozio, nome punto vendita, nome, descrizione, ragione sociale
    winkelnaam, filiaalnaam, naam winkel, naam, omschrijving
    nome da loja, nome loja, nome, descrição`,
  region: `Region, Gebiet, Bundesland, Vertriebsgebiet, Verkaufsgebiet, Ort, Kanton, Land, Stadt
    région, département, secteur, zone, ville, pays
    región, provincia, comunidad autónoma, zona, ciudad, país
    regione, provincia, zona, area, città, paese
    regio, provincie, gebied, rayon, stad, land
    região, distrito, estado, zona, cidade, concelho, uf, país`,
  channel: `Vertriebskanal, Kanal, Vertriebsweg, Vertriebslinie, Vertriebsschiene, Absatzkanal, Format, Betriebstyp
    canal, canal de vente, enseigne, circuit, format magasin, type de magasin
    canal, canal de venta, enseña, cadena, formato tienda, tipo de tienda
    canale, canale di vendita, insegna, tipologia negozio
    kanaal, verkoopkanaal, formule, winkelformule, winkeltype
    canal, canal de venda, insígnia, tipo de loja`,
  shopper: `Kundennummer, Kunde, Kunden Nr, Kunden ID, Kundenkarte, Kartennummer, Karten Nr, Kundenkartennummer, Haushalt, Haushaltsnummer, Debitor
    client, code client, n° client, id client, numéro client, carte fidélité, carte de fidélité, n° carte, foyer, ménage
    cliente, código cliente, n° cliente, id cliente, tarjeta, tarjeta cliente, tarjeta fidelidad, número de tarjeta, socio, hogar
    cliente, codice cliente, id cliente, tessera, numero tessera, carta fedeltà, tessera fedeltà, famiglia
    klant, klantnummer, klant id, klantcode, klantenkaart, klantkaart, kaartnummer, huishouden
    cliente, código cliente, código do cliente, id cliente, cartão cliente, cartão, cartão fidelidade, número do cartão, lar, cpf`,
  receipt: `Bonnummer, Bon Nr, Bon ID, Bon, Belegnummer, Beleg Nr, Beleg, Kassenbon, Kassenbon Nr, Rechnungsnummer, Rechnungs Nr, Rechnung, Bestellnummer, Auftragsnummer, Transaktion, Transaktionsnummer, Transaktions ID, Warenkorb, Vorgangsnummer
    ticket, n° ticket, n° de ticket, numéro ticket, numéro de ticket, id ticket, ticket de caisse, facture, n° facture, numéro de facture, n° commande, numéro de commande, commande, panier
    ticket, n° ticket, n° de ticket, número de ticket, tique, factura, n° factura, número de factura, n° pedido, número de pedido, pedido, albarán, cesta
    scontrino, numero scontrino, n scontrino, id scontrino, fattura, numero fattura, ordine, numero ordine, documento, numero documento
    bonnummer, bon, kassabon, kassabonnummer, bon id, factuurnummer, factuur, bestelnummer, ordernummer, transactienummer, transactie
    cupom fiscal, cupom, número do cupom, talão, n° talão, fatura, n° fatura, número da fatura, nota fiscal, pedido, número do pedido, recibo`,
  product: `Artikelnummer, Artikel Nr, Art Nr, ArtNr, Artikel ID, Artikelcode, EAN Code, EAN Nummer, Strichcode, Produktnummer, Produkt Nr, Produkt ID, Produktcode, Materialnummer, Material, Artikel, Produkt
    code article, n° article, code produit, id produit, id article, code barre, code barres, code à barres, code EAN, gencod, référence produit, référence article, référence, réf, article, produit
    código de producto, código producto, código artículo, código de artículo, id producto, código de barras, código EAN, referencia, ref, artículo, producto
    codice articolo, codice prodotto, cod articolo, id prodotto, codice a barre, codice EAN, barcode, articolo, prodotto
    artikelnummer, artikelcode, artikelnr, artikel id, productcode, productnummer, product id, streepjescode, EAN code, artikel, product
    código do produto, código produto, cód produto, id produto, código do artigo, código artigo, código de barras, código EAN, referência, artigo, produto`,
  product_name: `Artikelbezeichnung, Artikelname, Bezeichnung, Artikeltext, Produktname, Produktbezeichnung, Materialkurztext, Kurztext, Artikelbeschreibung, Beschreibung, Text, Artikel, Produkt
    libellé article, libellé produit, libellé, désignation, nom du produit, nom produit, nom article, description, intitulé, nom, article, produit
    descripción, descripción producto, descripción artículo, nombre producto, nombre del producto, nombre artículo, denominación, nombre, artículo, producto
    descrizione articolo, descrizione prodotto, descrizione, nome prodotto, nome articolo, denominazione, nome, articolo, prodotto
    omschrijving, artikelomschrijving, productomschrijving, artikelnaam, productnaam, naam, artikel, product
    descrição, descrição do produto, descrição produto, nome do produto, nome produto, designação, nome, artigo, produto`,
  brand: `Marke, Markenname, Herstellermarke
    marque, nom marque, marque produit
    marca, nombre marca
    marca, nome marca
    merk, merknaam
    marca, nome da marca`,
  manufacturer: `Hersteller, Herstellername, Produzent, Lieferant, Lieferantenname, Markeninhaber, Anbieter
    fabricant, fournisseur, industriel, producteur
    fabricante, proveedor, productor
    produttore, fornitore, fabbricante
    fabrikant, leverancier, producent
    fabricante, fornecedor, produtor`,
  category_1: `Hauptwarengruppe, Abteilung, Sortimentsbereich, Warenbereich, Bereich, Sparte
    rayon, secteur, univers, département
    departamento, sección, sector
    reparto, settore
    afdeling, hoofdgroep, hoofdcategorie
    departamento, secção, seção, setor`,
  category_2: `Warengruppe, Kategorie, Produktgruppe, Artikelgruppe, Produktkategorie, Sortiment
    famille, catégorie, famille produit, catégorie produit, groupe de produits
    categoría, familia, categoría producto, grupo de productos
    categoria, famiglia, categoria prodotto, gruppo merceologico
    categorie, productgroep, artikelgroep, productcategorie
    categoria, família, categoria do produto, grupo de produtos`,
  category_3: `Unterwarengruppe, Unterkategorie, Warenuntergruppe, Segment
    sous famille, sous catégorie, segment
    subcategoría, subfamilia, segmento
    sottocategoria, sottofamiglia, segmento
    subcategorie, subgroep, segment
    subcategoria, subfamília, segmento`,
  pack_size: `Packungsgröße, Packungsgroesse, Inhalt, Füllmenge, Gebinde, Gebindegröße, Nettogewicht, Gewicht, Größe
    contenance, conditionnement, poids net, poids, taille, format, contenu
    tamaño, contenido, contenido neto, peso neto, peso, formato
    formato, contenuto, peso netto, peso, confezione, grammatura
    inhoud, verpakkingsgrootte, verpakking, nettogewicht, gewicht
    tamanho, conteúdo, peso líquido, peso, embalagem`,
  pack_unit: `Inhaltseinheit, Mengeneinheit, Maßeinheit, Einheit, ME
    unité de mesure, unité
    unidad de medida, unidad
    unità di misura, unità
    eenheid, maateenheid
    unidade de medida, unidade`,
  units: `Menge, Anzahl, Stück, Stueck, Stückzahl, Absatz, Absatzmenge, Verkaufsmenge, Verkaufte Menge, Menge Stück, Absatz Stück
    quantité, qté, quantité vendue, qté vendue, uvc, unités vendues, nb uvc, volume des ventes, nombre, unités
    cantidad, cant, unidades, uds, unidades vendidas, cantidad vendida
    quantità, qta, pezzi, pezzi venduti, quantità venduta, unità vendute
    aantal, stuks, aantal stuks, hoeveelheid, verkocht aantal, afzet
    quantidade, qtd, qtde, unidades, unidades vendidas, quantidade vendida`,
  amount: `Umsatz, Nettoumsatz, Umsatz netto, Umsatz brutto, Bruttoumsatz, Betrag, Zeilenbetrag, Positionsbetrag, Gesamtbetrag, Gesamtpreis, Nettobetrag, Bruttobetrag, Erlös, Erloes, Wert, Warenwert, Verkaufswert, Summe, VK Wert
    montant, montant ttc, montant ht, montant net, chiffre d'affaires, ca, ca ttc, ca ht, total ttc, total ligne, valeur, ventes, prix total, prix payé
    importe, importe total, importe neto, importe línea, venta, ventas, venta neta, valor, total, facturación, precio total
    importo, importo totale, importo netto, fatturato, incasso, valore, vendite, venduto, totale, totale riga, prezzo totale
    omzet, bedrag, nettobedrag, regelbedrag, totaalbedrag, totaal, waarde, verkoopwaarde, totaalprijs, netto omzet
    valor total, valor, valor líquido, montante, vendas, faturamento, receita, total, preço total`,
  unit_price: `Einzelpreis, Stückpreis, Verkaufspreis, VK Preis, VK, Preis, Preis pro Stück, Bonpreis, E Preis
    prix unitaire, prix, pu, pu ttc, prix de vente, prix ttc, pvc
    precio unitario, precio, pvp, precio de venta, precio unidad
    prezzo unitario, prezzo, prezzo di vendita
    stukprijs, eenheidsprijs, prijs, verkoopprijs, prijs per stuk
    preço unitário, preço, preço de venda, pvp, valor unitário`,
  base_price: `Normalpreis, Regulärer Preis, Regalpreis, Grundpreis regulär, Listenpreis, UVP, Preis regulär
    prix normal, prix de base, prix catalogue, prix régulier, prix fond de rayon, prix hors promo
    precio normal, precio regular, precio base, precio de lista, precio sin promoción
    prezzo pieno, prezzo di listino, prezzo base, prezzo normale
    normale prijs, adviesprijs, basisprijs, catalogusprijs
    preço normal, preço base, preço regular, preço de tabela`,
  base_amount: `Umsatz Normalpreis, Basisumsatz, Betrag vor Rabatt, Umsatz vor Rabatt, Basisbetrag
    montant avant remise, montant brut, ca hors promo, montant de base
    importe bruto, importe sin descuento, venta base
    importo lordo, importo prima dello sconto, vendite base
    bedrag voor korting, brutobedrag, basisomzet
    valor bruto, valor sem desconto, vendas base`,
  discount: `Rabatt Prozent, Rabattsatz, Rabatt in Prozent, Rabatt
    taux de remise, remise en pourcentage, remise
    porcentaje de descuento, descuento porcentual, descuento
    percentuale di sconto, sconto percentuale, sconto
    kortingspercentage, korting
    percentual de desconto, desconto percentual, desconto`,
  promoted: `Aktion, Aktionskennzeichen, Promotion, Promo, Aktionsartikel, in Aktion, Werbung, Angebot
    promo, promotion, en promo, en promotion, sous promo
    promoción, promo, en promoción, oferta, en oferta
    promozione, promo, in promozione, offerta, in offerta
    actie, promotie, in actie, aanbieding, promo
    promoção, promo, em promoção, oferta`,
  price_reduction: `Preisaktion, Preisreduzierung, Preissenkung, reduziert, rabattiert
    réduction de prix, baisse de prix, remise immédiate, prix barré
    reducción de precio, rebaja, rebajado, descuento directo
    riduzione prezzo, sconto prezzo, taglio prezzo, ribasso
    prijsverlaging, prijsactie, afgeprijsd, prijskorting
    redução de preço, desconto direto, rebaixa`,
  feature: `Handzettel, Prospekt, Beilage, im Handzettel, Flugblatt
    prospectus, catalogue, tract, dépliant
    folleto, catálogo, en folleto
    volantino, in volantino
    folder, in folder, reclamefolder
    folheto, encarte, em folheto`,
  display: `Zweitplatzierung, Display, Sonderplatzierung
    tête de gondole, mise en avant, tg
    cabecera, cabecera de góndola, exhibición
    testata, testata di gondola, esposizione
    tweede plaatsing, displayplaatsing, kopstelling
    ponta de gôndola, topo, destaque`,
  coupon: `Coupon, Gutschein, mit Coupon, Rabattcoupon
    coupon, bon de réduction, bon d'achat
    cupón, vale, vale descuento
    buono, buono sconto, coupon
    kortingsbon, waardebon, coupon
    cupão, vale desconto, cupom de desconto`,
  is_return: `Retoure, Storno, Rückgabe, Retourkennzeichen, Stornokennzeichen, Reklamation, Vorgangsart, Belegart, Buchungsart
    retour, avoir, remboursement, annulation, type de vente, type opération, type de ticket
    devolución, devuelto, anulación, reembolso, tipo de venta, tipo operación, tipo documento
    reso, storno, rimborso, annullo, tipo vendita, tipo operazione, tipo documento
    retour, retourzending, teruggave, annulering, type verkoop, soort transactie
    devolução, estorno, devolvido, reembolso, tipo de venda, tipo operação, tipo documento`,
};

/** Words of these languages that say nothing about which field a column is. */
export const fillersAbroad = `der, die, das, des, dem, vom, von, je, nr, nummer, eur, netto, brutto, mwst, inkl, moms, sek, dkk, nok, kr,
    le, la, les, l, de, du, d, un, une, n, ttc, ht, tva, numero, num,
    el, los, las, del, con, sin, iva, nro, codigo, cod,
    il, lo, gli, di, della, dello, codice,
    het, een, van, btw, incl, excl,
    o, a, os, as, do, da, dos, em, com, sem`;
