"""An invented certificate authority: issues the demo's certificates, trusted by nobody outside it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def certificate_pem(self) -> bytes:
        """The certificate, which anybody may have."""
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self) -> bytes:
        """The key, which nobody else may have."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_identity(certificate_pem: bytes, key_pem: bytes) -> Identity:
    """An identity from its two PEM texts."""
    # We made the key and kept it ourselves; checking anew that its primes are primes takes longer than all else here.
    key = load_pem_private_key(key_pem, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("The demo's keys are RSA keys. Delete the post room's folder and start again.")
    return Identity(x509.load_pem_x509_certificate(certificate_pem), key)


def new_authority(name: str, now: datetime) -> Identity:
    """A new authority that may issue certificates for ten years."""
    key = rsa.generate_private_key(65537, 3072)
    builder = _builder(name, now - timedelta(days=1), now + LASTS).issuer_name(_name(name))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage(signs_certificates=True), critical=True)
    return _sealed(builder, key, key)


def issue_for_mail(
    authority: Identity, address: str, *, name: str, valid_from: datetime, valid_until: datetime, key_size: int = 2048
) -> Identity:
    """A certificate to sign and encrypt e-mail with, for one address."""
    builder = _builder(name, valid_from, valid_until).issuer_name(authority.certificate.subject)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
    builder = builder.add_extension(_key_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return _sealed(builder, rsa.generate_private_key(65537, key_size), authority.key)


def issue_for_server(
    authority: Identity, hosts: tuple[str, ...], *, valid_from: datetime, valid_until: datetime
) -> Identity:
    """A certificate for a server of these names and addresses."""
    builder = _builder(hosts[0], valid_from, valid_until).issuer_name(authority.certificate.subject)
    builder = builder.add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
    builder = builder.add_extension(_key_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return _sealed(builder, rsa.generate_private_key(65537, 2048), authority.key)


def _builder(name: str, valid_from: datetime, valid_until: datetime) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(_name(name)).serial_number(x509.random_serial_number())
    return builder.not_valid_before(valid_from).not_valid_after(valid_until)


def _sealed(builder: x509.CertificateBuilder, key: rsa.RSAPrivateKey, issuer_key: rsa.RSAPrivateKey) -> Identity:
    own, issuer = key.public_key(), issuer_key.public_key()
    builder = builder.public_key(own)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
    return Identity(builder.sign(issuer_key, SHA256()), key)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_encipherment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
