"""What every layer may use: no Streamlit, no database."""
