//! Which scale a name and services belong to.

use letdown_trace::scales::{Kind, Uuid, recognise};

const FFF0: Uuid = Uuid::short(0xFFF0);
const STANDARD: Uuid = Uuid::short(0x181D);

#[test]
fn a_name_tells_the_scale() {
    let cases = [
        ("ACAIAL1-1A2B", Kind::AcaiaClassic),
        ("PROCHBT001", Kind::AcaiaClassic),
        ("LUNAR-D1E2F3", Kind::Acaia),
        ("PEARLS-000001", Kind::Acaia),
        ("PYXIS-4455", Kind::Acaia),
        ("UMBRA-77", Kind::AcaiaUmbra),
        ("FELICITA", Kind::Felicita),
        ("Decent Scale", Kind::Decent),
        ("BOOKOO_SC 123", Kind::Bookoo),
        ("CFS-9002", Kind::Eureka),
        ("LSJ-001", Kind::Eureka),
        ("LFSmart Scale", Kind::Futula),
        ("Skale2", Kind::Skale),
        ("Varia AKU", Kind::Varia),
        ("AKU MINI SCALE", Kind::Varia),
        ("Microbalance", Kind::DiFluid),
        ("HIROIA JIMMY", Kind::Jimmy),
        ("TIMEMORE Scale", Kind::Timemore),
        ("smartchef", Kind::SmartChef),
        ("BlackCoffee", Kind::Blackcoffee),
        ("my_scale", Kind::Blackcoffee),
        ("WeighMyBru", Kind::WeighMyBru),
        ("A&D_UC-352BLE", Kind::WeightService),
    ];
    for (name, kind) in cases {
        assert_eq!(recognise(Some(name), &[]), Ok(kind), "{name}");
    }
    for kind in Kind::ALL {
        assert!(cases.iter().any(|(_, known)| *known == kind), "{kind:?} has no name here");
    }
}

#[test]
fn the_name_counts_and_not_the_service_that_many_share() {
    assert_eq!(recognise(Some("CFS-9002"), &[FFF0]), Ok(Kind::Eureka));
    assert_eq!(recognise(Some("SmartChef 5"), &[FFF0]), Ok(Kind::SmartChef));
    assert_eq!(recognise(Some("TIMEMORE Scale"), &[STANDARD]), Ok(Kind::Timemore));
    assert!(recognise(Some("Thermometer"), &[FFF0]).is_err());
    assert!(recognise(None, &[STANDARD]).is_err());
}

#[test]
fn a_service_of_one_maker_alone_is_enough() {
    let jimmy = Kind::Jimmy.sheet().service;
    assert_eq!(recognise(None, &[FFF0, jimmy]), Ok(Kind::Jimmy));
}

#[test]
fn acaia_scales_of_one_name_are_told_apart_by_their_service() {
    let (classic, new, umbra) =
        (Kind::AcaiaClassic.sheet().service, Kind::Acaia.sheet().service, Kind::AcaiaUmbra.sheet().service);
    assert_eq!(recognise(Some("LUNAR-1"), &[classic]), Ok(Kind::AcaiaClassic));
    assert_eq!(recognise(Some("ACAIA-1"), &[new]), Ok(Kind::Acaia));
    assert_eq!(recognise(Some("ACAIA-1"), &[umbra]), Ok(Kind::AcaiaUmbra));
    assert_eq!(recognise(Some("LUNAR-1"), &[classic, new]), Ok(Kind::Acaia));
    // The service of a chip that printers have too.
    assert!(recognise(Some("Printer"), &[new]).is_err());
}

#[test]
fn an_unknown_scale_is_told_what_was_heard_and_what_it_may_be() {
    let unknown = recognise(Some("KitchenPal"), &[FFF0, Uuid::short(0x180F)]).unwrap_err();
    let sentence = unknown.to_string();
    for part in ["\"KitchenPal\"", "FFF0, 180F", "eureka (", "futula (", "varia (", "decent (", "smartchef ("]
    {
        assert!(sentence.contains(part), "{part}: {sentence}");
    }
    assert!(!sentence.contains("skale"), "{sentence}");
    assert_eq!(unknown.may_be().count(), 5);

    let sentence = recognise(None, &[]).unwrap_err().to_string();
    assert!(sentence.starts_with("a device without a name"), "{sentence}");
    for kind in Kind::ALL {
        assert!(sentence.contains(kind.sheet().word), "{kind:?}: {sentence}");
    }
}

#[test]
fn uuids_are_written_as_people_write_them() {
    for text in
        ["FFF0", "181D", "49535343-fe7d-4ae5-8fa9-9fafd205e455", "0000fe40-cc7a-482a-984a-7f2ed5b3e58f"]
    {
        assert_eq!(text.parse::<Uuid>().unwrap().to_string(), text);
    }
    assert_eq!("0000fff0-0000-1000-8000-00805F9B34FB".parse(), Ok(FFF0));
    for text in [
        "",
        "FFF",
        "FFG0",
        "+FF0",
        "49535343fe7d4ae58fa99fafd205e455",
        "+9535343-fe7d-4ae5-8fa9-9fafd205e455",
    ] {
        assert!(text.parse::<Uuid>().is_err(), "{text}");
    }
}
